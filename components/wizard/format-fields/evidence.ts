import { formatQuantity } from '#lib/domain/format'
import { findEncoding } from '#lib/domain/formats/charsets'
import type { Detection } from '#lib/domain/formats/detection'
import type { Preview } from '#lib/domain/formats/wire'

/** Below this a guess is told to be one. */
const LEAST_CONFIDENCE = 0.6

const isUnsure = ({ confidence }: Detection['charset']) => confidence < LEAST_CONFIDENCE

const sayLook = (found: Detection['charset']): string =>
  isUnsure(found)
    ? `may be ${found.name}, which is not sure: ${found.evidence}`
    : `look like ${found.name}: ${found.evidence}`

/** What the files say of their charset, beneath its field: what went wrong first, then what was seen. */
export function sayCharset(
  chosen: string,
  preview: Preview | null,
  detection: Detection | null,
): string | undefined {
  const found = detection?.charset
  const isOther = found !== undefined && findEncoding(found.name) !== findEncoding(chosen)
  const advice = isOther ? ` They ${sayLook(found)}` : ''
  if (preview && preview.replacedBytes > 0 && preview.looksLike === null) {
    const places = formatQuantity(preview.replacedBytes, 'place')
    const weak = found !== undefined && isUnsure(found) ? ` ${found.evidence}` : ' Try another charset.'
    const advised = isOther ? advice : weak
    return `${places} of the preview did not decode and shows as U+FFFD.${advised}`
  }
  if (isOther) return `The files ${sayLook(found)}`
  if (preview && preview.charset !== '' && findEncoding(preview.charset) !== findEncoding(chosen))
    return `The file says ${preview.charset} itself, by its first bytes. All bytes of the preview decode.`
  if (found) return found.evidence
  return preview && preview.replacedBytes === 0 ? 'All bytes of the preview decode.' : undefined
}

/** What the files say of how they are packed, beneath its field. */
export function sayCompression(
  chosen: string,
  preview: Preview | null,
  detection: Detection | null,
): string | undefined {
  const evidence = detection?.compression
  if (chosen !== '') {
    const isOther = evidence !== undefined && evidence.name !== chosen
    return isOther ? `You chose ${chosen}. ${evidence.evidence}` : `You chose ${chosen}; nothing is detected.`
  }
  if (evidence) return evidence.evidence
  if (!preview) return undefined
  const name = preview.usedPath.slice(preview.usedPath.lastIndexOf('/') + 1)
  return preview.compression === 'none'
    ? `The first bytes of ${name} are of no compression that is known here.`
    : `The first bytes of ${name} are those of ${preview.compression}.`
}
