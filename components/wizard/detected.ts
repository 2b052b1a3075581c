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
