import type { Preview } from '#lib/domain/formats/wire'

/** How well a format fits the records of a preview. */
export interface Fit {
  label: string
  /** Of `records`. */
  fitting: number
}

/** What the first records look like: how many fit each reading, and what is said of them. */
export interface Evidence {
  records: number
  fits: Fit[]
  /** Names that every JSON object has, in the order of the first one; empty when not all are objects. */
  sharedKeys: string[]
  longestChars: number
}

/** Looks at the records of a preview of One record per line; null without any. */
export function gatherEvidence({ rows, problems }: Preview): Evidence | null {
  if (rows.length === 0 || problems.some(({ reason }) => reason === 'looks-like-binary')) return null
  const texts = rows.map(({ cells }) => cells[0] ?? '')
  const objects = texts.map(readObject)
  const found = objects.filter((object) => object !== null)
  const readable = rows.filter((row, index) => !row.tooLarge && !texts[index]?.includes('\uFFFD'))
  return {
    records: rows.length,
    fits: [
      { label: 'JSON, one a line', fitting: found.length },
      { label: 'One record per line', fitting: readable.length },
    ].sort((a, b) => b.fitting - a.fitting),
    sharedKeys: found.length === rows.length ? keysOfAll(found) : [],
    longestChars: rows.reduce((most, row, i) => Math.max(most, row.chars ?? texts[i]?.length ?? 0), 0),
  }
}

function readObject(text: string): Record<string, unknown> | null {
  if (!text.startsWith('{')) return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}

function keysOfAll([first, ...others]: Record<string, unknown>[]): string[] {
  return Object.keys(first ?? {}).filter((key) => others.every((object) => Object.hasOwn(object, key)))
}
