interface Headed {
  columns: ReadonlyMap<string, unknown>
}

/**
 * Finds files whose first row was read as names and holds none: it shares no name with those of the others, is as wide as
 * one of them, and is the only one of its kind or names a number. Files that are another table are not among them.
 */
export function findHeaderless<File extends Headed>(files: readonly File[]): File[] {
  const groups = groupByNames(files.filter(({ columns }) => columns.size > 0))
  const [main, ...others] = groups.sort(byTrust)
  if (main === undefined) return []
  const widths = new Set(main.map(({ columns }) => columns.size))
  const told = new Set(
    others.flatMap((group) => {
      const isOdd = holdsValue(group) || (group.length === 1 && main.length > 1)
      return isOdd ? group.filter(({ columns }) => widths.has(columns.size)) : []
    }),
  )
  return files.filter((file) => told.has(file))
}

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
