/** A line of dashes under the names or around a table: `-----+------`, `+----+----+`. */
const RULE = /^[ \t]*[-+=|]{3,}[ \t]*$/
/** `(20 rows)` of psql, `(20 rows affected)` of sqlcmd, `20 rows in set (0.01 sec)` of mysql. */
const COUNT = /^[ \t]*(?:\(\d[\d,]* rows?(?: affected)?\)|\d+ rows? in set(?: \([\d.]+ sec\))?)[ \t]*$/

/** Longer lines are records whatever they hold. */
export const MAX_BESIDE_CHARS = 16 * 1024

/**
 * Whether a line is what database clients print beside the rows of a table: a rule, or how many rows there are.
 * @example isBesideRows('(20 rows)') // true
 */
export const isBesideRows = (line: string): boolean =>
  line.length <= MAX_BESIDE_CHARS && (RULE.test(line) || COUNT.test(line))
