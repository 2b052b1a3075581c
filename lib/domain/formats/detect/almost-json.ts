import { JsonValueScanner } from '../json-text/value-scanner'
import type { TextSample } from './text-sample'

/** An object, or a list of such, with names as programs and people write them; comments may stand before. */
const BEGINS_LIKE_JSON = /^\s*(?:\[\s*(?:\/\/[^\n]*\n\s*)*)?\{\s*["'\w/]/

/** What keeps texts that begin like JSON from being any, by the first fault of the first; undefined where they do not. */
export function describeAlmostJson(samples: readonly TextSample[]): string | undefined {
  const [first] = samples
  if (first === undefined || !samples.every(({ text }) => BEGINS_LIKE_JSON.test(text))) return undefined
  const { text, path } = first
  const scanner = new JsonValueScanner()
  scanner.begin()
  const at = scanner.scan(text, text.search(/\S/))
  if (scanner.fault === undefined) return undefined
  const before = text.slice(0, at).split(/\r\n|\r|\n/)
  const place = `line ${before.length}, character ${(before.at(-1)?.length ?? 0) + 1}`
  return `It begins like JSON and is none, in ${path} at ${place}: ${scanner.fault}.`
}
