import 'server-only'
import iconv from 'iconv-lite'

/** Code points by pointer, as the Encoding Standard numbers them; 0 where there is none. */
export type CjkIndex = Uint32Array

/** Where the Standard follows GB 18030-2022 and iconv-lite the edition before it: lead and trail byte, code point. */
const GB18030_2022: [bytes: number, codePoint: number][] = [
  [0xa6d9, 0xfe10],
  [0xa6da, 0xfe12],
  [0xa6db, 0xfe11],
  [0xa6dc, 0xfe13],
  [0xa6dd, 0xfe14],
  [0xa6de, 0xfe15],
  [0xa6df, 0xfe16],
  [0xa6ec, 0xfe17],
  [0xa6ed, 0xfe18],
  [0xa6f3, 0xfe19],
  [0xfe59, 0x9fb4],
  [0xfe61, 0x9fb5],
  [0xfe66, 0x9fb6],
  [0xfe67, 0x9fb7],
  [0xfe6d, 0x9fb8],
  [0xfe7e, 0x9fb9],
  [0xfe90, 0x9fba],
  [0xfea0, 0x9fbb],
]

/** Pointers of the four-byte sequences for U+0080 to U+FFFF. */
const GB18030_BMP_RANGE = 39_420

/** How the bytes of an index are laid out: its first lead and trail, and how many of each. */
interface Layout {
  lead: number
  leads: number
  trails: number
  /** The trail byte at a place in its row. */
  trail(place: number): number
}

const row190 = { trails: 190, trail: (place: number) => place + (place < 63 ? 0x40 : 0x41) }

/** Pairs of GBK and GB 18030. */
export const gb18030Index = once(() => {
  const index = readPairs('gb18030', { lead: 0x81, leads: 126, ...row190 })
  for (const [bytes, codePoint] of GB18030_2022) {
    const trail = bytes & 0xff
    index[((bytes >> 8) - 0x81) * 190 + trail - (trail < 0x7f ? 0x40 : 0x41)] = codePoint
  }
  return index
})

/** Sequences of four bytes, by pointer, as far as they lie below U+10000; those above are counted, not listed. */
export const gb18030Ranges = once(() => {
  const bytes = Buffer.alloc(GB18030_BMP_RANGE * 4)
  for (let pointer = 0; pointer < GB18030_BMP_RANGE; pointer++) {
    bytes[pointer * 4] = 0x81 + Math.floor(pointer / 12_600)
    bytes[pointer * 4 + 1] = 0x30 + (Math.floor(pointer / 1_260) % 10)
    bytes[pointer * 4 + 2] = 0x81 + (Math.floor(pointer / 10) % 126)
    bytes[pointer * 4 + 3] = 0x30 + (pointer % 10)
  }
  return Uint32Array.from(iconv.decode(bytes, 'gb18030'), (character) => character.charCodeAt(0))
})

export const big5Index = once(() =>
  readPairs('big5', {
    lead: 0x81,
    leads: 126,
    trails: 157,
    trail: (place) => place + (place < 63 ? 0x40 : 0x62),
  }),
)

export const eucKrIndex = once(() =>
  readPairs('euc-kr', { lead: 0x81, leads: 126, trails: 190, trail: (place) => place + 0x41 }),
)

/** 120 rows, of which EUC-JP and ISO-2022-JP reach the first 94. */
export const jis0208Index = once(() => {
  const row188 = { trails: 188, trail: (place: number) => place + (place < 63 ? 0x40 : 0x41) }
  const low = readPairs('shift_jis', { lead: 0x81, leads: 31, ...row188 })
  const high = readPairs('shift_jis', { lead: 0xe0, leads: 29, ...row188 })
  const index = new Uint32Array(low.length + high.length)
  index.set(low)
  index.set(high, low.length)
  // Pointers of characters that users define are computed, not listed.
  return index.fill(0, 8_836, 10_716)
})

export const jis0212Index = once(() =>
  readPairs('euc-jp', { lead: 0xa1, leads: 94, trails: 94, trail: (place) => place + 0xa1 }, [0x8f]),
)

/** Reads an index off a decoder by giving it every pair, a row at a time. */
function readPairs(
  encoding: string,
  { lead, leads, trails, trail }: Layout,
  prefix: number[] = [],
): CjkIndex {
  const index = new Uint32Array(leads * trails)
  for (let row = 0; row < leads; row++) {
    const bytes: number[] = []
    // A line end behind each pair keeps one that is not there from taking the next with it.
    for (let place = 0; place < trails; place++) bytes.push(...prefix, lead + row, trail(place), 0x0a)
    const cells = iconv.decode(Buffer.from(bytes), encoding).split('\n')
    for (let place = 0; place < trails; place++) {
      const cell = cells[place] ?? ''
      if (!cell.includes('\ufffd')) index[row * trails + place] = cell.codePointAt(0) ?? 0
    }
  }
  return index
}

/** Built when first needed, some milliseconds, and kept. */
function once(build: () => CjkIndex): () => CjkIndex {
  let built: CjkIndex | undefined
  return () => {
    built ??= build()
    return built
  }
}
