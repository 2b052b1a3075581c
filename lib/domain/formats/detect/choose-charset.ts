import { formatCount } from '../../format'
import { type CharsetGuess, detectCharset } from '../detect-charset'
import type { Compression } from '../text-params'
import { sayShare } from './proposal'

/** The beginning of a file as bytes, when it may be text. */
export interface TextBytes {
  bytes: Uint8Array
  whole: boolean
}

/** What of each file is taken for one look at all of them. */
const POOLED_BYTES = 8 * 1024

/**
 * Chooses one charset for files: the one that most of those with more than ASCII are written in. Bytes of files that are no
 * UTF-8 are looked at together, since a few letters of each say little.
 */
export function chooseCharset(files: readonly TextBytes[]): CharsetGuess {
  const guess = guessForAll(files)
  return { ...guess, confidence: Math.round(guess.confidence * 100) / 100 }
}

/** Charsets that hardly any file is written in today: a weak guess for one is more often one that is not known here. */
const RARE = new Set(['macintosh', 'x-mac-cyrillic', 'iso-8859-16'])
const LEAST_FOR_RARE = 0.6

/**
 * Gives the charset that files are proposed to be read by: a weak guess for a rare one would hide behind wrong letters what
 * UTF-8 shows as faults.
 */
export const proposedCharset = ({ name, confidence }: CharsetGuess): string =>
  RARE.has(name) && confidence < LEAST_FOR_RARE ? 'utf8' : name

function guessForAll(files: readonly TextBytes[]): CharsetGuess {
  const telling = files.filter(({ bytes }) => !isAscii(bytes))
  const [first] = files
  if (first === undefined)
    return { name: 'utf8', confidence: 0, evidence: 'There was no text to tell it by.' }
  if (telling.length === 0) {
    const evidence = `Only ASCII in ${files.length === 1 ? 'the file' : `all ${formatCount(files.length)} files`} so far: nearly every charset reads it the same.`
    return { ...guessOf(first), evidence }
  }
  const guesses = new Map<string, { guess: CharsetGuess; files: number }>()
  for (const [index, guess] of guessAll(telling).entries()) {
    const known = guesses.get(guess.name)
    if (known === undefined) guesses.set(guess.name, { guess, files: 1 })
    else {
      known.files++
      if (guess.confidence > known.guess.confidence && index > 0) known.guess = guess
    }
  }
  const [best, other] = [...guesses.values()].sort((a, b) => b.files - a.files)
  const { guess } = best as { guess: CharsetGuess; files: number }
  if (other === undefined) return guess
  const evidence = `${guess.evidence} ${sayShare(other.files, telling.length, 'file', 'looks', 'look')} like ${other.guess.name} instead.`
  return { ...guess, confidence: guess.confidence * ((best?.files ?? 0) / telling.length), evidence }
}

function guessAll(files: readonly TextBytes[]): CharsetGuess[] {
  const guesses = files.map(guessOf)
  const odd = files.filter((_, index) => !isUnicode(guesses[index]))
  if (odd.length < 2) return guesses
  const pooled = guessOf({ bytes: concatenate(odd.map(({ bytes }) => beginning(bytes))), whole: true })
  return guesses.map((guess) => (isUnicode(guess) ? guess : pooled))
}

const guessOf = ({ bytes, whole }: TextBytes): CharsetGuess => detectCharset(bytes, whole)[0] as CharsetGuess
const isUnicode = (guess: CharsetGuess | undefined) => guess !== undefined && /^utf/.test(guess.name)

/** Up to the last line that is whole, so that no character is cut. */
function beginning(bytes: Uint8Array): Uint8Array {
  const start = bytes.subarray(0, POOLED_BYTES)
  const end = start.lastIndexOf(10)
  return end < 0 ? start : start.subarray(0, end + 1)
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}

/** No byte beyond ASCII, and no escape, by which Japanese texts go beyond it. */
function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (byte > 0x7f || byte === 0x1b || byte === 0) return false
  }
  return true
}

/** Says how files are packed, most of them first. */
export function sumCompressions(found: readonly Compression[]): { name: Compression; evidence: string } {
  const counts = new Map<Compression, number>()
  for (const name of found) counts.set(name, (counts.get(name) ?? 0) + 1)
  const [first, ...others] = [...counts].sort((a, b) => b[1] - a[1])
  if (first === undefined) return { name: 'none', evidence: 'No file could be read to tell it by.' }
  const say = (name: Compression) => (name === 'none' ? 'not compressed' : name)
  if (others.length === 0 && first[0] === 'none') {
    const none = found.length === 1 ? 'the file' : `none of the ${formatCount(found.length)} files`
    return {
      name: 'none',
      evidence: `By the first bytes, ${none} is ${found.length === 1 ? 'not ' : ''}compressed.`,
    }
  }
  const share = sayShare(first[1], found.length, 'file', 'is', 'are')
  const rest = others.map(
    ([name, files]) => `, ${formatCount(files)} ${files === 1 ? 'is' : 'are'} ${say(name)}`,
  )
  const evidence = `By the first bytes, ${share.charAt(0).toLowerCase()}${share.slice(1)} ${say(first[0])}${rest.join('')}.`
  return {
    name: first[0],
    evidence: others.length === 0 ? evidence : `${evidence} Each is read as it is.`,
  }
}
