import type { Preview } from '#lib/domain/formats/wire'

/** The length of the longest record of a preview in characters; null without any. */
export function longestRecord(preview: Preview | null): number | null {
  if (!preview || preview.rows.length === 0) return null
  return preview.rows.reduce(
    (most, { chars, raw, cells }) => Math.max(most, chars ?? (raw ?? cells[0] ?? '').length),
    0,
  )
}
