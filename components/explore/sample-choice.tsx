import { SAMPLE_MODES, type SampleMode } from '#lib/domain/datasets/sample-wire'

/** Which sample is asked for: how many records, of which partitions (null: the usual ones), and which of their records. */
export interface SampleChoice {
  records: number
  partitions: string | null
  mode: SampleMode
  /** Chooses the files of `random`. */
  seed: number
}

/** A choice whose records are the usual ones unless it says which. */
type Wish = Pick<SampleChoice, 'records' | 'partitions'> & Partial<SampleChoice>

export const MOST_RECORDS = 10_000
export const MOST_SEED = 0xffffffff
const USUAL_SEED = 1

/** Reads the choice out of an address, where it is kept so that a link shares it. */
export function readChoice(query: URLSearchParams): SampleChoice {
  const mode = SAMPLE_MODES.find((one) => one === query.get('mode'))
  return {
    records: readNumber(query.get('records'), 1, MOST_RECORDS) ?? MOST_RECORDS,
    partitions: query.get('partitions') || null,
    mode: mode ?? 'spread',
    seed: readNumber(query.get('seed'), 0, MOST_SEED) ?? USUAL_SEED,
  }
}

/** Reads a whole number within bounds; null for any other text. */
export function readNumber(text: string | null, least: number, most: number): number | null {
  if (text === null || !/^[0-9]{1,10}$/.test(text)) return null
  const number = Number(text)
  return number >= least && number <= most ? number : null
}

/** Writes the choice into an address: `"?partitions=design%7C2026-11-22"`, or nothing for the usual one. */
export function writeChoice({ records, partitions, mode = 'spread', seed = USUAL_SEED }: Wish): string {
  const query = new URLSearchParams({
    ...(records === MOST_RECORDS ? {} : { records: String(records) }),
    ...(partitions === null ? {} : { partitions }),
    ...(mode === 'spread' ? {} : { mode }),
    ...(mode === 'random' ? { seed: String(seed) } : {}),
  }).toString()
  return query === '' ? '' : `?${query}`
}

/** The choice as the API takes it. */
export const toRequest = ({ records, partitions, mode = 'spread', seed = USUAL_SEED }: Wish) => ({
  records,
  ...(partitions === null ? {} : { partitions }),
  ...(mode === 'spread' ? {} : { mode }),
  ...(mode === 'random' ? { seed } : {}),
})
