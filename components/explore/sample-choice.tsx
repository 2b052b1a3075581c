/** Which sample is asked for: how many records, and of which partitions; null spreads it over the newest. */
export interface SampleChoice {
  records: number
  partitions: string | null
}

export const MOST_RECORDS = 10_000

/** Reads the choice out of an address, where it is kept so that a link shares it. */
export function readChoice(query: URLSearchParams): SampleChoice {
  const records = Number(query.get('records'))
  return {
    records: Number.isInteger(records) && records >= 1 && records <= MOST_RECORDS ? records : MOST_RECORDS,
    partitions: query.get('partitions') || null,
  }
}

/** Writes the choice into an address: `"?partitions=design%7C2026-11-22"`, or nothing for the usual one. */
export function writeChoice({ records, partitions }: SampleChoice): string {
  const query = new URLSearchParams({
    ...(records === MOST_RECORDS ? {} : { records: String(records) }),
    ...(partitions === null ? {} : { partitions }),
  }).toString()
  return query === '' ? '' : `?${query}`
}

/** The choice as the API takes it. */
export const toRequest = ({ records, partitions }: SampleChoice) => ({
  records,
  ...(partitions === null ? {} : { partitions }),
})
