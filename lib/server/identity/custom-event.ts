import 'server-only'
import { Failure } from '#lib/domain/errors'
import { printExactJson } from '#lib/domain/exact-json'
import { changed, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { directoryKind } from './directory-kind'

/** An event is a line that is delivered: no place for data. */
const PARAMS_MAX_BYTES = 32_768

/** Writes an event of a program's own into the audit log: `("backup-done", { files: 12 })`. */
export async function logCustomEvent(
  ctx: Context,
  customMsgType: string,
  customMsgParams: Record<string, unknown>,
): Promise<void> {
  await writeAs(ctx, directoryKind, 'log-custom-event', null, async ({ row }) => {
    const sizeBytes = Buffer.byteLength(printExactJson(customMsgParams))
    if (sizeBytes > PARAMS_MAX_BYTES) throw tooLarge()
    return changed(undefined, {
      msgType: 'custom',
      objectType: 'space',
      objectId: row.id,
      fields: { customMsgType, customMsgParams },
    })
  })
}

const tooLarge = () =>
  new Failure('validation_failed', `The parameters of an event take at most ${PARAMS_MAX_BYTES} bytes.`, {
    reason: 'event-too-large',
  })
