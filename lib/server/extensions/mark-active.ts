import 'server-only'
import { EXTENSIONS, type ExtensionKey } from '#lib/domain/extensions/catalogue'
import { endStep, firstSteps, STEP_NAMES } from '#lib/domain/extensions/steps'
import { changed, unchanged, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import type { Prisma } from '../platform/db/generated/client'
import { newId } from '../platform/ids'
import { extensionKind } from './extension-kind'

/** Makes an extension active whose things are there already, without the walk through its steps: for the demo. */
export function markActive(ctx: Context, key: ExtensionKey): Promise<void> {
  return writeAs(ctx, extensionKind, 'finish', { key }, async ({ tx, row, subject, at }) => {
    if (row.stored) return unchanged(undefined)
    const steps = STEP_NAMES.reduce((done, name) => endStep(done, name, at), firstSteps())
    await tx.extension.create({
      data: {
        id: newId(),
        spaceId: row.spaceId,
        key,
        state: 'active',
        steps: steps as unknown as Prisma.InputJsonArray,
        changedBy: subject.name,
        changedAt: at,
        activatedAt: at,
      },
    })
    return changed(undefined, {
      msgType: 'extension-activated',
      objectType: 'extension',
      objectId: EXTENSIONS[key].key,
      after: { state: 'active' },
    })
  })
}
