/** Paths as they are met, and what is to be suggested for them. */
export interface LayoutSample {
  /** Whose layout it is: `"CloudTrail"`. */
  kind: string
  paths: readonly string[]
  /** The pattern that is to come first; null where nothing is to be suggested. */
  first: string | null
  /** How many of the paths that matches; all of them if not said. */
  matched?: number
  /** Patterns that come behind the first. */
  behind?: readonly string[]
}
