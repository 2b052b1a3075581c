import { foldName } from '../formats/csv-columns'

interface Headed {
  columns: ReadonlyMap<string, unknown>
}

/** Files whose first row names no column as the others do. */
interface OddHeaders<File> {
  /** A value stands in it: it is a record, and was read as names. */
  headerless: File[]
  /** Nothing in it tells a value from a name: names written otherwise, or a record of texts. */
  renamed: File[]
}

/**
 * Finds files whose first row shares no name with those of the others, and is as wide as one of them: with a number in it, or
 * the only one of its kind. Files that are another table are not among them, and names in other letters are no values.
 */
export function findOddHeaders<File extends Headed>(files: readonly File[]): OddHeaders<File> {
  const groups = groupByNames(files.filter(({ columns }) => columns.size > 0))
  const [main = [], ...others] = groups.sort(byTrust)
  const widths = new Set(main.map(({ columns }) => columns.size))
  const known = new Set(main.flatMap(foldedNames))
  const [headerless, renamed] = [new Set<File>(), new Set<File>()]
  for (const group of others) {
    const isRespelled = group.some((file) => foldedNames(file).some((name) => known.has(name)))
    const isRenamed = isRespelled || (!holdsValue(group) && group.length === 1 && main.length > 1)
    if (!isRenamed && !holdsValue(group)) continue
    const told = isRenamed ? renamed : headerless
    for (const file of group) if (widths.has(file.columns.size)) told.add(file)
  }
  return {
    headerless: files.filter((file) => headerless.has(file)),
    renamed: files.filter((file) => renamed.has(file)),
  }
}

const foldedNames = ({ columns }: Headed): string[] => [...columns.keys()].map(foldName)

/** Files that have a name in common, directly or by others. */
function groupByNames<File extends Headed>(files: readonly File[]): File[][] {
  let groups: { names: Set<string>; files: File[] }[] = []
  for (const file of files) {
    const names = new Set(file.columns.keys())
    const alike = groups.filter((group) => !group.names.isDisjointFrom(names))
    const joined = { names, files: [...alike.flatMap((group) => group.files), file] }
    for (const group of alike) for (const name of group.names) names.add(name)
    groups = [...groups.filter((group) => !alike.includes(group)), joined]
  }
  return groups.map((group) => group.files)
}

/** Groups of names before those that hold a value, then the larger ones. */
const byTrust = (a: readonly Headed[], b: readonly Headed[]): number =>
  Number(holdsValue(a)) - Number(holdsValue(b)) || b.length - a.length

/** A number, an amount, a date: what a first row of values mostly holds, and names seldom are. */
const VALUE = /^[-+]?\d/

const holdsValue = (group: readonly Headed[]): boolean =>
  group.some(({ columns }) => [...columns.keys()].some((name) => VALUE.test(name)))
