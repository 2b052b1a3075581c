import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import { type FormatSettings, formatSchema } from '#lib/domain/formats/catalogue'
import { sayShape } from '#lib/domain/say-shape'

/** The format of a definition. @throws Failure `validation_failed` (ERR_DATASET_INVALID_FORMAT_CONFIG) */
export function readFormat({ formatType: type, formatParams: params }: DatasetDefinition): FormatSettings {
  const error = sayShape({ type, params }, 'The format')
  const format = formatSchema.safeParse({ type, params }, { error })
  if (format.success) return format.data
  throw new Failure('validation_failed', format.error.issues[0]?.message ?? 'The format is not valid.', {
    reason: 'ERR_DATASET_INVALID_FORMAT_CONFIG',
    where: 'Format / Preview',
  })
}
