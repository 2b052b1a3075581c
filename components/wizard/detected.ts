import { formatQuantity } from '#lib/domain/format'
import { formatKind } from '#lib/domain/formats/catalogue'
import type { Detection, FormatCandidate } from '#lib/domain/formats/detection'

/** Below this a guess is shown, and not taken over by itself. */
const LEAST_CONFIDENCE = 0.6

/** Whether a candidate speaks for itself. */
export const isSure = (candidate: FormatCandidate | undefined): boolean =>
  candidate !== undefined && candidate.confidence >= LEAST_CONFIDENCE

/** What may be taken over without asking: the best candidate, or reading by line where it is not sure enough. */
export function pickConfident({ candidates }: Pick<Detection, 'candidates'>): FormatCandidate | null {
  const [best] = candidates
  if (best && isSure(best)) return best
  return candidates.find(({ format }) => formatKind(format.type).detection === 'fallback') ?? null
}

/** `0.984` → `"98 %"`; never 100 % for what is not certain. */
export const sayConfidence = (confidence: number): string => `${Math.floor(confidence * 100)} %`

/** What the evidence counts: `"from 8 files"`, `"from 2 files of the archive"`, `"from 2 files, and 5 files inside of 2 archives"`. */
export function sayLookedAt(files: readonly Pick<Detection['files'][number], 'inside'>[]): string {
  const inside = files.reduce((sum, file) => sum + (file.inside ?? 0), 0)
  if (inside === 0) return `from ${formatQuantity(files.length, 'file')}`
  if (files.length === 1) return `from ${formatQuantity(inside, 'file')} of the archive`
  const archives = files.filter((file) => file.inside !== undefined).length
  const others = files.length - archives
  const within = `inside of ${formatQuantity(archives, 'archive')}`
  return others === 0
    ? `from ${formatQuantity(inside, 'file')} ${within}`
    : `from ${formatQuantity(others, 'file')}, and ${formatQuantity(inside, 'file')} ${within}`
}
