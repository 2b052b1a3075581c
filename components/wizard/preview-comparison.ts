import { findFormatKind } from '#lib/domain/formats/catalogue'
import type { Preview } from '#lib/domain/formats/wire'

/** Something in which two files differ as a whole. */
export interface FileDifference {
  label: string
  here: string
  there: string
}

type Compared = Pick<Preview, 'charset' | 'compression' | 'rows' | 'looksLike'>

/** Compares how two files are written: charset, compression, and what their format tells beside, as its separator. */
export function compareFiles(
  here: Compared,
  there: Compared,
  { formatType, formatParams }: { formatType: string; formatParams: Record<string, unknown> },
): FileDifference[] {
  const facts: [label: string, of: (file: Compared) => string][] = [
    ['Content', ({ looksLike }) => looksLike ?? 'text'],
    ['Compression', ({ compression }) => compression],
    ['Charset', ({ charset }) => charset],
    ...(findFormatKind(formatType)?.traits ?? []).map(
      ({ label, of }): [string, (file: Compared) => string] => [label, ({ rows }) => of(rows, formatParams)],
    ),
  ]
  return facts
    .map(([label, of]) => ({ label, here: of(here), there: of(there) }))
    .filter((fact) => fact.here !== '' && fact.there !== '' && fact.here !== fact.there)
}

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
