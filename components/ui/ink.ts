/** A specifier in a pattern, by UTF-16 offsets `[start, end)`. */
export interface PatternSpan {
  start: number
  end: number
  /** `"discrete"`, `"year"`: not shown, but tells spans apart. */
  kind: string
}

/** A place where a pattern breaks; without offsets it concerns the whole. */
export interface PatternIssue {
  start?: number
  end?: number
}

export interface InkRun {
  start: number
  end: number
  tinted: boolean
  bad: boolean
}

/** Cuts a text into runs of one look each, in order and without gaps: every edge of a span or an issue is a cut. */
export function inkRuns(
  text: string,
  spans: readonly PatternSpan[],
  issues: readonly PatternIssue[],
): InkRun[] {
  const broken = issues.flatMap((issue) => brokenRange(issue, text.length))
  const edges = [...spans, ...broken].flatMap(({ start, end }) => [start, end])
  const inside = edges.filter((edge) => edge > 0 && edge < text.length)
  const cuts = [...new Set([0, ...inside, text.length])].sort((a, b) => a - b)
  return cuts.slice(0, -1).map((start, index) => ({
    start,
    end: cuts[index + 1] ?? text.length,
    tinted: covers(spans, start),
    bad: covers(broken, start),
  }))
}

function covers(ranges: readonly { start: number; end: number }[], at: number): boolean {
  return ranges.some((range) => range.start <= at && at < range.end)
}

// An issue of no width, such as something missing at a place, marks the character before it.
function brokenRange({ start, end }: PatternIssue, length: number): { start: number; end: number }[] {
  if (start === undefined) return []
  const last = Math.min(end ?? start, length)
  if (last > start) return [{ start, end: last }]
  return length === 0
    ? []
    : [{ start: Math.max(0, Math.min(start, length) - 1), end: Math.max(1, Math.min(start, length)) }]
}
