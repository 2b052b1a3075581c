import { type Reading, readAsDos, readInEncodings } from './charset-likelihood'
import { charsetName, type Encoding } from './charsets'

/** A charset that bytes may be written in. */
export interface CharsetGuess {
  /** As the Charset field names it: `"utf8"`. */
  name: string
  /** 0 to 1. */
  confidence: number
  /** What was seen, in one sentence. */
  evidence: string
}

/** What is looked at to tell encodings of one byte apart; more says no more. */
const STATISTICS_BYTES = 8 * 1024
const MOST_GUESSES = 5

/**
 * Ranks the charsets that bytes may be written in, the likeliest first and never none, with what speaks for each.
 * @param whole whether the bytes are the whole file: otherwise the last character may be cut.
 * @example detectCharset(Buffer.from('Größe'), true)[0] // { name: 'utf8', confidence: 0.95, evidence: 'Valid UTF-8 with 2 …' }
 */
export function detectCharset(bytes: Uint8Array, whole: boolean): CharsetGuess[] {
  const certain = guessByMark(bytes) ?? guessByZeros(bytes) ?? guessByEscapes(bytes)
  if (certain !== undefined) return [certain]
  const utf8 = countUtf8(bytes, whole)
  if (utf8.sequences === 0 && utf8.faults === 0) return [asciiGuess(bytes, whole)]
  if (utf8.faults === 0) return [validUtf8(utf8.sequences)]
  const byContent = guessByContent(bytes, whole)
  const broken = brokenUtf8(utf8)
  const isMostlyUtf8 = utf8.sequences >= 3 && utf8.sequences >= utf8.faults * 10
  if (isMostlyUtf8) return [broken, ...byContent]
  const unread = guessDos(bytes)
  return unread === undefined ? [...byContent, broken] : [unread, ...byContent]
}

/** How much likelier than what can be read DOS has to be, as a logarithm, and how much of the text it has to explain. */
const DOS_MARGIN = 3
/** Where the rival is as rare today, it has to be about as likely. */
const DOS_MARGIN_TO_RARE = -1
const DOS_SHARE = 0.9

/** Code pages of DOS are told by their letters and cannot be decoded: the guess says so, and shows faults rather than wrong letters. */
function guessDos(bytes: Uint8Array): CharsetGuess | undefined {
  const sample = linesBeyondAscii(bytes)
  const [rival] = readInEncodings(sample, true)
  const dos = readAsDos(sample)
  if (dos === undefined || dos.seen === 0 || dos.fitting < dos.seen * DOS_SHARE) return undefined
  const margin = rival?.encoding === 'macintosh' ? DOS_MARGIN_TO_RARE : DOS_MARGIN
  if (rival !== undefined && dos.logLikelihood < rival.logLikelihood + margin) return undefined
  return {
    name: 'utf8',
    confidence: 0.1,
    evidence: `Looks like a code page of DOS (850 or 437) in ${dos.language}, which cannot be read: save the files as UTF-8 to see their letters beyond ASCII.`,
  }
}

function guessByMark(bytes: Uint8Array): CharsetGuess | undefined {
  const [first, second, third] = bytes
  const name = first === 0xef && second === 0xbb && third === 0xbf ? 'utf8' : wideMark(first, second)
  if (name === undefined) return undefined
  return { name, confidence: 1, evidence: `Begins with the byte order mark of ${title(name)}.` }
}

function wideMark(first: number | undefined, second: number | undefined): string | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined
}

/** Text has zero bytes in UTF-16 only: the upper halves of ASCII, which stand on one side of the pairs. */
function guessByZeros(bytes: Uint8Array): CharsetGuess | undefined {
  const zeros = [0, 0]
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  const units = Math.floor(bytes.length / 2)
  const [most, least] = odd >= even ? [odd, even] : [even, odd]
  // A line of Chinese has few ASCII characters, but it has some.
  if (most < Math.max(1, units / 100) || least > most / 20) return undefined
  if (even + odd < bytes.length / 4 && isTextWithoutZeros(bytes)) return undefined
  const name = odd >= even ? 'utf-16le' : 'utf-16be'
  const text = new TextDecoder(name).decode(bytes.subarray(0, STATISTICS_BYTES - (STATISTICS_BYTES % 2)))
  const strange = [...text].filter(
    (character) => !'\t\r\n'.includes(character) && /[\ufffd\p{Cc}\p{Cn}\p{Co}]/u.test(character),
  )
  if (strange.length > text.length / 20) return undefined
  const side = odd >= even ? 'second' : 'first'
  const evidence = `${percent(most, units)} of all byte pairs have a zero as their ${side} byte, as ASCII has in ${title(name)}.`
  return { name, confidence: Math.min(0.98, 0.8 + most / units), evidence }
}

/**
 * UTF-16 with few zeros is of other letters than ASCII: its bytes are mostly neither ASCII nor UTF-8, and its line ends have a
 * zero beside them. Otherwise the zeros are strays in a text of another charset.
 */
function isTextWithoutZeros(bytes: Uint8Array): boolean {
  let filled = 0
  let ascii = 0
  let lineEnds = 0
  let wideLineEnds = 0
  for (const [at, byte] of bytes.entries()) {
    if (byte === 0) continue
    filled++
    if (byte < 0x7f && (byte >= 0x20 || byte === 9 || byte === 10 || byte === 13)) ascii++
    if (byte !== 10) continue
    lineEnds++
    if (bytes[at % 2 === 0 ? at + 1 : at - 1] === 0) wideLineEnds++
  }
  if (lineEnds > 0 && wideLineEnds === 0) return true
  return ascii >= filled * 0.85 || (ascii > 0 && countUtf8(bytes, false).faults === 0)
}

/** ISO-2022-JP is ASCII throughout; its escapes give it away. */
function guessByEscapes(bytes: Uint8Array): CharsetGuess | undefined {
  let escapes = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 0x7f) return undefined
    if (byte !== 0x1b || bytes[at + 1] !== 0x24) continue
    if (bytes[at + 2] === 0x40 || bytes[at + 2] === 0x42) escapes++
  }
  if (escapes === 0) return undefined
  const evidence = `Only ASCII, with ${counted(escapes, 'escape')} to the Japanese characters of ISO-2022-JP.`
  return { name: 'iso-2022-jp', confidence: 0.95, evidence }
}

interface Utf8Count {
  /** Of two bytes or more. */
  sequences: number
  faults: number
}

/** Counts by the lead bytes, once the platform has judged the whole. */
function countUtf8(bytes: Uint8Array, whole: boolean): Utf8Count {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: !whole })
  } catch {
    const decoded = new TextDecoder().decode(bytes, { stream: !whole })
    const genuine = countGenuine(bytes)
    const faults = decoded.split('\ufffd').length - 1 - genuine
    return { sequences: countBeyondAscii(decoded) - faults, faults }
  }
  return { sequences: countBeyondAscii(text), faults: 0 }
}

function countBeyondAscii(text: string): number {
  let count = 0
  for (const character of text) if (character > '\x7f') count++
  return count
}

/** U+FFFD that were written so. */
function countGenuine(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1)) {
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++
  }
  return count
}

function asciiGuess(bytes: Uint8Array, whole: boolean): CharsetGuess {
  if (bytes.length === 0) return { name: 'utf8', confidence: 0.5, evidence: 'There are no bytes to tell by.' }
  const evidence = `Only ASCII in ${counted(bytes.length, 'byte')}, which nearly every charset reads the same.`
  return { name: 'utf8', confidence: whole ? 0.99 : 0.9, evidence }
}

function validUtf8(sequences: number): CharsetGuess {
  const evidence = `Valid UTF-8 with ${counted(sequences, 'character')} of two bytes or more.`
  return { name: 'utf8', confidence: Math.max(0.9, 1 - 0.1 / sequences), evidence }
}

function brokenUtf8({ sequences, faults }: Utf8Count): CharsetGuess {
  const [are, isNot] = [sequences === 1 ? 'is' : 'are', faults === 1 ? 'is not' : 'are not']
  const evidence = `${counted(sequences, 'character')} of two bytes or more ${are} valid UTF-8, ${counted(faults, 'place')} ${isNot}.`
  return { name: 'utf8', confidence: (0.9 * sequences) / (sequences + 10 * faults), evidence }
}

/** By what the bytes would say, for encodings in which nearly all bytes mean something. */
function guessByContent(bytes: Uint8Array, whole: boolean): CharsetGuess[] {
  const sample = linesBeyondAscii(bytes)
  const readings = readInEncodings(
    sample,
    sample.at(-1) === 0x0a || (whole && sample.length < STATISTICS_BYTES),
  )
  const distinct = readings.filter(
    (reading, place) => readings.findIndex(({ text }) => text === reading.text) === place,
  )
  const best = distinct[0]
  if (best === undefined) return []
  return distinct.slice(0, MOST_GUESSES).map((reading, place) => {
    const twin = readings.find(({ encoding, text }) => encoding !== reading.encoding && text === reading.text)
    const rival = place === 0 ? distinct[1] : best
    return {
      name: charsetName(reading.encoding),
      confidence: confidenceOf(reading, rival),
      evidence: evidenceOf(reading, twin?.encoding),
    }
  })
}

/** The lines that say something, up to what is enough; no encoding of these has the byte of a line end inside of a character. */
function linesBeyondAscii(bytes: Uint8Array): Uint8Array {
  const lines = new Uint8Array(Math.min(bytes.length, STATISTICS_BYTES))
  let length = 0
  for (let at = 0; at < bytes.length && length < lines.length; ) {
    const lineEnd = bytes.indexOf(0x0a, at)
    const end = lineEnd < 0 ? bytes.length : lineEnd + 1
    const line = bytes.subarray(at, Math.min(end, at + lines.length - length))
    if (line.some((byte) => byte > 0x7f)) {
      lines.set(line, length)
      length += line.length
    }
    at = end
  }
  return lines.subarray(0, length)
}

function confidenceOf(reading: Reading, rival: Reading | undefined): number {
  if (reading.seen === 0) return 0.01
  const perCharacter = reading.logLikelihood / reading.seen
  const fit = (Math.min(1, Math.max(0.1, (perCharacter + 12) / 6)) * reading.fitting) / reading.seen
  const margin = rival === undefined ? Number.POSITIVE_INFINITY : reading.logLikelihood - rival.logLikelihood
  // Even odds without a margin; a character or two that fit better already say much.
  const odds = 1 / (1 + Math.exp(-margin / 3))
  return Math.round(Math.max(0.01, 0.97 * fit * odds) * 100) / 100
}

function evidenceOf({ language, seen, fitting }: Reading, twin: Encoding | undefined): string {
  const same = twin === undefined ? '' : `; ${twin} reads the same`
  return `Read as ${language}, ${fitting.toLocaleString('en-US')} of ${counted(seen, 'character')} beyond ASCII fit${same}.`
}

const title = (name: string): string => (name === 'utf8' ? 'UTF-8' : name.toUpperCase())
const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
const percent = (part: number, all: number): string => `${Math.round((100 * part) / all)} %`
