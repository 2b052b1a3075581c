import type { Detection, FormatCandidate } from '#lib/domain/formats/detection'

/** Below this a guess is shown, and not taken over by itself. */
const LEAST_CONFIDENCE = 0.6

/** The best candidate, if it is sure enough to be taken over without asking. */
export function pickConfident({ candidates }: Detection): FormatCandidate | null {
  const [best] = candidates
  return best && best.confidence >= LEAST_CONFIDENCE ? best : null
}

/** `0.984` → `"98 %"`; never 100 % for what is not certain. */
export const sayConfidence = (confidence: number): string => `${Math.floor(confidence * 100)} %`
