import { EAST_ASIAN_LANGUAGES, type EastAsianLanguage, LANGUAGES, type Language } from './charset-languages'
import type { Encoding } from './charsets'

/** How well bytes read in one encoding, as the language that explains them best. */
export interface Reading {
  encoding: Encoding
  language: string
  text: string
  /** Natural logarithm of the probability of the characters beyond ASCII; comparable between readings of the same bytes. */
  logLikelihood: number
  /** Characters beyond ASCII, and those of them that the language uses. */
  seen: number
  fitting: number
}

/** A character beyond ASCII with what stands beside it, and how often. */
interface Seen {
  character: string
  isUpper: boolean
  afterLower: boolean
  besideAscii: boolean
  inWord: boolean
  beforeWord: boolean
  afterHalfWidth: boolean
  count: number
}

const PUNCTUATION = new Set('“”‘’„‚–—…•«»°§©®™€£¥№\u00a0')
const LETTER = /\p{L}|\p{M}/u
const LOWER = /\p{Ll}/u
const UPPER = /\p{Lu}/u
const HALF_WIDTH = /[\uff61-\uff9f]/

/** Probabilities of what no language's letters explain; only their orders of magnitude matter. */
const P = {
  nothing: 1e-7,
  control: 1e-6,
  strangeLetter: 1e-4,
  punctuation: 0.02,
  symbol: 3e-4,
  symbolInWord: 2e-5,
  eastAsianOther: 1e-7,
  /** Katakana of half width come in runs. */
  nextHalfWidth: 0.012,
}
/** How much more usual a code page of Windows is than the ISO standard beside it, which few characters tell apart. */
const WINDOWS_PRIOR = 2
/** What an unlikely neighbourhood makes of a probability. */
const UPPER_SHARE = 0.15
const UPPER_AFTER_LOWER = 0.01
const OTHER_SCRIPT_BESIDE_ASCII = 0.005

const WEIGHTS = new Map(LANGUAGES.map((language) => [language, zipf(language.letters)]))
const EAST_ASIAN_WEIGHTS = new Map(EAST_ASIAN_LANGUAGES.map((language) => [language, shares(language)]))

/**
 * Reads bytes in all encodings that are told apart by what they say, the most likely first; encodings that give the same
 * text are there side by side, the more usual first.
 * @param ended whether the bytes end where the file does: otherwise a character may be cut.
 */
export function readInEncodings(bytes: Uint8Array, ended: boolean): Reading[] {
  const encodings = new Set([...LANGUAGES, ...EAST_ASIAN_LANGUAGES].flatMap(({ encodings }) => encodings))
  const readings: Reading[] = []
  for (const encoding of encodings) {
    const decoded = new TextDecoder(encoding).decode(bytes)
    const text = ended ? decoded : decoded.replace(/\ufffd[^\ufffd]?$/, '')
    const seen = observe(text)
    const here = ({ encodings }: { encodings: Encoding[] }) => encodings.includes(encoding)
    const candidates = [
      ...LANGUAGES.filter(here).map((language) => judge(seen, language.name, letterProbability(language))),
      ...EAST_ASIAN_LANGUAGES.filter(here).map((language) =>
        judge(seen, language.name, characterProbability(language)),
      ),
    ]
    const best = candidates.sort((a, b) => b.logLikelihood - a.logLikelihood)[0]
    if (best === undefined) continue
    readings.push({ encoding, text, ...best, logLikelihood: best.logLikelihood + prior(encoding) })
  }
  // The sort is stable: among equals the order of the languages' encodings stands.
  return readings.sort((a, b) => b.logLikelihood - a.logLikelihood)
}

/** The upper half of code page 850 of DOS; its letters stand in 437 and 852 at nearly the same places. No platform decodes it. */
const DOS_LETTERS =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐' +
  '└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0'

/** Reads bytes as DOS wrote the languages of western Europe, to name what cannot be read. */
export function readAsDos(bytes: Uint8Array): Omit<Reading, 'encoding'> | undefined {
  const text = Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : (DOS_LETTERS[byte - 0x80] ?? ''),
  ).join('')
  const seen = observe(text)
  const [best] = LANGUAGES.filter(({ encodings }) => encodings.includes('windows-1252'))
    .map((language) => judge(seen, language.name, letterProbability(language)))
    .sort((a, b) => b.logLikelihood - a.logLikelihood)
  return best === undefined ? undefined : { text, ...best }
}

function prior(encoding: Encoding): number {
  if (encoding === 'windows-1252') return WINDOWS_PRIOR + 1
  return encoding.startsWith('windows') ? WINDOWS_PRIOR : 0
}

/** What matters about a character, whatever it stands beside. */
interface Kind {
  isLetter: boolean
  isLower: boolean
  isUpper: boolean
  isAscii: boolean
  isHalfWidth: boolean
}

const NONE: Kind = kindOf('')

function kindOf(character: string): Kind {
  return {
    isLetter: LETTER.test(character),
    isLower: LOWER.test(character),
    isUpper: UPPER.test(character),
    isAscii: character < '\x80',
    isHalfWidth: HALF_WIDTH.test(character),
  }
}

function observe(text: string): Seen[] {
  const kinds = new Map<string, Kind>()
  const seen = new Map<string, Seen>()
  const kind = (character: string): Kind => {
    const known = kinds.get(character) ?? kindOf(character)
    kinds.set(character, known)
    return known
  }
  const characters = [...text]
  let [before, here] = [NONE, kind(characters[0] ?? '')]
  for (const [index, character] of characters.entries()) {
    const next = characters[index + 1]
    const after = next === undefined ? NONE : kind(next)
    if (!here.isAscii) count(seen, character, here, before, after)
    ;[before, here] = [here, after]
  }
  return [...seen.values()]
}

function count(seen: Map<string, Seen>, character: string, here: Kind, before: Kind, after: Kind): void {
  const entry: Seen = {
    character,
    isUpper: here.isUpper,
    afterLower: before.isLower,
    besideAscii: (before.isLetter && before.isAscii) || (after.isLetter && after.isAscii),
    inWord: before.isLetter && after.isLetter,
    beforeWord: !before.isLetter && after.isLetter,
    afterHalfWidth: before.isHalfWidth,
    count: 1,
  }
  const { afterLower, besideAscii, inWord, beforeWord, afterHalfWidth } = entry
  const flags = [afterLower, besideAscii, inWord, beforeWord, afterHalfWidth]
  const key = flags.reduce((bits, flag) => bits * 2 + (flag ? 1 : 0), 0) + character
  const known = seen.get(key)
  if (known === undefined) seen.set(key, entry)
  else known.count++
}

type Judged = Pick<Reading, 'language' | 'logLikelihood' | 'seen' | 'fitting'>
/** Gives the probability of a character, negative where the language has no use for it. */
type Probability = (seen: Seen) => number

function judge(seen: Seen[], language: string, probability: Probability): Judged {
  const judged: Judged = { language, logLikelihood: 0, seen: 0, fitting: 0 }
  for (const entry of seen) {
    const value = probability(entry)
    judged.logLikelihood += Math.log(Math.abs(value)) * entry.count
    judged.seen += entry.count
    if (value > 0) judged.fitting += entry.count
  }
  return judged
}

function letterProbability(language: Language): Probability {
  const weights = WEIGHTS.get(language) ?? new Map<string, number>()
  return (seen) => {
    const weight = weights.get(seen.character.toLowerCase())
    if (weight === undefined) return strangeProbability(seen)
    const probability = weight * (seen.isUpper ? UPPER_SHARE : 1) * neighbourhood(seen, language.isLatin)
    return Math.max(probability, P.nothing)
  }
}

function neighbourhood({ isUpper, afterLower, besideAscii }: Seen, isLatin: boolean): number {
  const upper = isUpper && afterLower ? UPPER_AFTER_LOWER : 1
  return !isLatin && besideAscii ? upper * OTHER_SCRIPT_BESIDE_ASCII : upper
}

/** Punctuation is used by all; everything else speaks against the reading. */
function strangeProbability(seen: Seen): number {
  const { character, inWord, beforeWord } = seen
  if (character === '\ufffd') return -P.nothing
  // The sign for any currency is what a euro sign reads as in the wrong encoding.
  if (character < '\xa0' || character === '¤' || /\p{Co}|\p{Cn}/u.test(character)) return -P.control
  // An apostrophe stands inside of words, or closes them; other punctuation stands outside.
  const isMisplaced = character === '’' ? beforeWord : inWord
  if (PUNCTUATION.has(character)) return isMisplaced ? -P.symbol : P.punctuation
  if (LETTER.test(character)) return -P.strangeLetter * neighbourhood(seen, true)
  return inWord ? -P.symbolInWord : -P.symbol
}

function characterProbability(language: EastAsianLanguage): Probability {
  const weights = EAST_ASIAN_WEIGHTS.get(language) ?? new Map<string, number>()
  return ({ character, afterHalfWidth }) => {
    if (afterHalfWidth && HALF_WIDTH.test(character)) return P.nextHalfWidth
    const weight = weights.get(character)
    if (weight !== undefined) return weight
    return language.rest.test(character) ? language.restProbability : -P.eastAsianOther
  }
}

/** The first of n letters is met n times as often as the last. */
function zipf(letters: string): Map<string, number> {
  const all = [...letters]
  const total = all.reduce((sum, _, rank) => sum + 1 / (rank + 2), 0)
  return new Map(all.map((letter, rank) => [letter, 1 / (rank + 2) / total]))
}

function shares({ sets }: EastAsianLanguage): Map<string, number> {
  const weights = new Map<string, number>()
  for (const { characters, share } of sets) {
    const all = new Set(characters)
    for (const character of all) weights.set(character, share / all.size)
  }
  return weights
}
