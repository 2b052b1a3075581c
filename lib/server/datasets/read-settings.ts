import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatSchema } from '#lib/domain/formats/wire'
import type { ReadLimits } from '../reader/meter'

/** What one file may unpack to per byte; deflate itself reaches 1032. */
const MAX_RATIO = 1_032

/** The format of a definition. @throws Failure `validation_failed` (ERR_DATASET_INVALID_FORMAT_CONFIG) */
export function readFormat({ formatType: type, formatParams: params }: DatasetDefinition): FormatSettings {
  const format = formatSchema.safeParse({ type, params })
  if (format.success) return format.data
  throw new Failure('validation_failed', format.error.issues[0]?.message ?? 'The format is not valid.', {
    reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
    where: 'Format / Preview',
  })
}

/** How whole files of a dataset are read, be it for their records or their number. */
export const readLimitsOf = ({ unreadableFiles }: DatasetDefinition) =>
  ({
    maxRatio: MAX_RATIO,
    recordFaults: unreadableFiles === 'warn' ? 'keep' : 'fail',
  }) as const satisfies ReadLimits

/** Whether the file is at fault: settings may leave such files out, never those that could not be had. */
export const isFaultOfFile = (error: unknown): boolean =>
  error instanceof Failure && (error.kind === 'validation_failed' || error.kind === 'limit_exceeded')
