import 'server-only'
import type { Encoding } from '#lib/domain/formats/charsets'
import { big5Index, eucKrIndex, gb18030Index, gb18030Ranges, jis0208Index, jis0212Index } from './cjk-indexes'
import { big5, eucJp, eucKr, gb18030, type Sequences, shiftJis } from './cjk-sequences'
import { Iso2022JpSequences } from './iso-2022-jp'
import type { FaultListener } from './utf8-faults'
import { Utf8Writer } from './utf8-writer'

const SEQUENCES: Partial<Record<Encoding, () => Sequences>> = {
  gbk: () => gb18030(gb18030Index(), gb18030Ranges()),
  gb18030: () => gb18030(gb18030Index(), gb18030Ranges()),
  big5: () => big5(big5Index()),
  shift_jis: () => shiftJis(jis0208Index()),
  'euc-jp': () => eucJp(jis0208Index(), jis0212Index()),
  'euc-kr': () => eucKr(eucKrIndex()),
  'iso-2022-jp': () => new Iso2022JpSequences(jis0208Index()),
}

/** Larger chunks are cut, so that what becomes of one stays small. */
const PIECE_BYTES = 64 * 1024

/**
 * Decodes the encodings of East Asia to UTF-8 as the Encoding Standard's decoders do, whose states these are: the
 * platform's own throw on some chunk boundaries and lack characters. Gives undefined for other encodings.
 */
export function decodeCjk(
  chunks: AsyncIterable<Buffer>,
  encoding: Encoding,
  onFault: FaultListener,
): AsyncGenerator<Buffer> | undefined {
  const sequences = SEQUENCES[encoding]?.()
  return sequences === undefined ? undefined : decodeSequences(chunks, sequences, onFault)
}

async function* decodeSequences(
  chunks: AsyncIterable<Buffer>,
  sequences: Sequences,
  onFault: FaultListener,
): AsyncGenerator<Buffer> {
  let offset = 0
  let carry: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += PIECE_BYTES) {
      const piece = chunk.subarray(from, from + PIECE_BYTES)
      const bytes = carry.length === 0 ? piece : Buffer.concat([carry, piece])
      const writer = new Utf8Writer(bytes.length, offset, onFault)
      const taken = readAll(bytes, sequences, writer, false)
      // Copied: a part of a chunk would keep the chunk.
      carry = Buffer.from(bytes.subarray(taken))
      offset += taken
      yield writer.written()
    }
  }
  const writer = new Utf8Writer(carry.length, offset, onFault)
  // What no read can end is one fault, whatever is left of it.
  const taken = readAll(carry, sequences, writer, true)
  if (taken < carry.length) writer.fault(taken)
  yield writer.written()
}

function readAll(bytes: Buffer, sequences: Sequences, writer: Utf8Writer, last: boolean): number {
  let at = 0
  while (at < bytes.length) {
    const taken = sequences.read(bytes, at, writer, last)
    if (taken === 0) return at
    at += taken
  }
  return at
}
