interface Named {
  readonly name: string
  readonly type: string
}

/** How the columns of two files differ. */
export interface ColumnComparison {
  /** Names in both, with the same type. */
  same: string[]
  onlyHere: string[]
  onlyThere: string[]
  /** In both, with another type. */
  retyped: { name: string; here: string; there: string }[]
  /** Those in both stand in another order. */
  isReordered: boolean
}

/** Compares the columns of two files by name; a name that comes twice counts once. */
export function compareColumns(here: readonly Named[], there: readonly Named[]): ColumnComparison {
  const mine = new Map(here.map(({ name, type }) => [name, type]))
  const theirs = new Map(there.map(({ name, type }) => [name, type]))
  const shared = [...mine].filter(([name]) => theirs.has(name))
  const theirOrder = [...theirs.keys()].filter((name) => mine.has(name))
  return {
    same: shared.flatMap(([name, type]) => (theirs.get(name) === type ? [name] : [])),
    onlyHere: [...mine.keys()].filter((name) => !theirs.has(name)),
    onlyThere: [...theirs.keys()].filter((name) => !mine.has(name)),
    retyped: shared.flatMap(([name, type]) => {
      const other = theirs.get(name)
      return other === undefined || other === type ? [] : [{ name, here: type, there: other }]
    }),
    isReordered: shared.some(([name], index) => theirOrder[index] !== name),
  }
}

/** Tells whether nothing differs, not even the order. */
export const isSameShape = ({ onlyHere, onlyThere, retyped, isReordered }: ColumnComparison): boolean =>
  onlyHere.length + onlyThere.length + retyped.length === 0 && !isReordered
