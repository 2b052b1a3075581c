import 'server-only'
import type { FaultListener } from './utf8-faults'

/** Decodes UTF-16 to UTF-8; half a pair is U+FFFD, told with its offset in bytes. */
export async function* decodeUtf16(
  chunks: AsyncIterable<Buffer>,
  encoding: 'utf-16le' | 'utf-16be',
  onFault: FaultListener,
): AsyncGenerator<Buffer> {
  let offset = 0
  let carry: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk])
    const whole = wholeUnits(bytes, encoding)
    yield fromUnits(bytes.subarray(0, whole), encoding, (at) => onFault(offset + at))
    offset += whole
    carry = bytes.subarray(whole)
  }
  if (carry.length === 0) return
  // Half a unit, or the first half of a pair: one U+FFFD whatever is left of it.
  onFault(offset)
  yield Buffer.from('\ufffd')
}

/** How many bytes are whole characters: a unit, or a pair, may go on in the next chunk. */
function wholeUnits(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): number {
  const whole = bytes.length - (bytes.length % 2)
  if (whole === 0) return 0
  const last = encoding === 'utf-16le' ? bytes[whole - 1] : bytes[whole - 2]
  return last !== undefined && last >= 0xd8 && last <= 0xdb ? whole - 2 : whole
}

function fromUnits(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be', onFault: (at: number) => void): Buffer {
  const units = encoding === 'utf-16le' ? bytes : Buffer.from(bytes).swap16()
  const text = units.toString('utf16le')
  if (text.isWellFormed()) return Buffer.from(text)
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    if (code > 0xffff) at++
    else if (code >= 0xd800 && code <= 0xdfff) onFault(at * 2)
  }
  return Buffer.from(text.toWellFormed())
}
