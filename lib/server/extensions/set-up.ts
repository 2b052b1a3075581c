import 'server-only'
import type { ExtensionFacts } from '#lib/domain/extensions/catalogue'
import { changed, unchanged, writeAs } from '../access/act'
import type { AuthorizedTx } from '../access/authorize'
import type { Context } from '../access/caller'
import type { EventSpec } from '../access/record-event'
import { createManagedConnection } from '../connections/managed-connections'
import { holdGroups } from '../identity/hold-groups'
import { newId } from '../platform/ids'
import { extensionKind } from './extension-kind'

/** Makes what an extension brings along: its group, and its connection with who may use it. Done once. */
export function setUp(ctx: Context, facts: ExtensionFacts, usableByGroups: string[]): Promise<void> {
  return writeAs(
    ctx,
    extensionKind,
    'work',
    { key: facts.key },
    async ({ tx, row: { spaceId }, subject, at }) => {
      const groupEvent = await makeGroup(tx, spaceId, facts)
      const groups = await tx.group.findMany({
        where: { spaceId, name: { in: usableByGroups }, deletedAt: null },
        select: { id: true },
      })
      const usable = await holdGroups(
        tx,
        spaceId,
        groups.map(({ id }) => id),
      )
      const { event } = await createManagedConnection(tx, {
        spaceId,
        extensionKey: facts.key,
        name: facts.connectionName,
        prefix: facts.folder,
        usableByGroupIds: [...usable],
        readRequired: true,
        description: facts.description,
        actor: subject.name,
        at,
      })
      const [first, ...more] = [groupEvent, event].filter((told): told is EventSpec => told !== null)
      return first ? changed(undefined, first, ...more) : unchanged(undefined)
    },
  )
}

async function makeGroup(
  tx: AuthorizedTx,
  spaceId: string,
  { group, key }: ExtensionFacts,
): Promise<EventSpec | null> {
  if (!group) return null
  const { count } = await tx.group.createMany({
    data: [{ id: newId(), spaceId, name: group.name, description: group.description, builtIn: true }],
    skipDuplicates: true,
  })
  if (count === 0) return null
  return {
    msgType: 'group-create',
    objectType: 'group',
    objectId: group.name,
    after: { name: group.name, madeBy: key },
  }
}
