/** The outcome of parsing: a value, or everything that is wrong with the text. */
export type Result<T, E = Issue> = { ok: true; value: T } | { ok: false; issues: E[] }

/** One thing wrong with a text or an object, with the place a field can underline. */
export interface Issue {
  /** Machine-readable reason, kebab-case, unique within its parser: `"unclosed-brace"`. */
  reason: string
  /** One sentence for people: what is wrong and what to do. */
  message: string
  /** UTF-16 offsets `[start, end)` in the parsed text. */
  start?: number
  end?: number
  /** The field of an object, as a path: `["partitioning", "dimensions", 0, "name"]`. */
  path?: (string | number)[]
}

/** What a parser gives of input that is right. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })

/** What a parser gives of input that is wrong: everything it found. */
export const fail = <E = Issue>(...issues: E[]): Result<never, E> => ({ ok: false, issues })
