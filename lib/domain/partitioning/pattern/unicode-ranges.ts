import { complement, normalizeRanges, type Ranges } from './char-set'
import type { SetNode } from './pattern-nodes'

const CHARACTERS = 0x110000
/** Divides where high surrogates end and low ones begin, so that none of them make a pair. */
const CHUNK = 0x400

const known = new Map<string, Ranges>()
const knownOfSet = new WeakMap<SetNode, Ranges>()

/** The characters of a set, its `\p{…}` classes among them as the platform's own engine knows them. */
export function rangesOfSet(set: SetNode): Ranges {
  const { ranges, unicodeClasses, negated } = set
  if (unicodeClasses.length === 0) return ranges
  const found = knownOfSet.get(set)
  if (found !== undefined) return found
  const all = normalizeRanges([...ranges, ...unicodeClasses.flatMap(rangesOfClass)])
  const result = negated ? complement(all) : all
  knownOfSet.set(set, result)
  return result
}

/** `\p{Greek}`, `\PL`, `\p{^Lu}`: each is looked up once, which takes some hundredths of a second. */
function rangesOfClass(source: string): Ranges {
  const found = known.get(source)
  if (found !== undefined) return found
  const [, letter, caret, name = ''] = /^\\([pP])\{?(\^?)(\w+)\}?$/.exec(source) ?? []
  const members = findMembers(name)
  const ranges = (letter === 'P') === (caret === '^') ? members : complement(members)
  known.set(source, ranges)
  return ranges
}

function findMembers(name: string): Ranges {
  const runs = new RegExp(`[${namePlatformClass(name)}]+`, 'gu')
  const ranges: [number, number][] = []
  for (let first = 0; first < CHARACTERS; first += CHUNK) {
    const text = String.fromCodePoint(...Array.from({ length: CHUNK }, (_, index) => first + index))
    const units = text.length / CHUNK
    for (const run of text.matchAll(runs)) {
      const start = first + run.index / units
      ranges.push([start, start + run[0].length / units - 1])
    }
  }
  return normalizeRanges(ranges)
}

/** Categories have names of one or two letters, scripts longer ones. */
function namePlatformClass(name: string): string {
  return name.length > 2 ? `\\p{Script=${name}}` : `\\p{${name}}`
}
