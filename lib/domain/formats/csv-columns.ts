/** UTF-16 units of a column's name, as a schema holds them. */
const MAX_NAME_CHARS = 1_000

/**
 * The names of a file's columns, each one once: as the header says, without spaces and marks around; `col_N`, counted from 0,
 * where it says nothing; `name_2` for a name that stands there twice.
 */
export class CsvColumnNames {
  readonly names: string[] = []
  /** Names that stand more than once, with the place and the new name of each further one. */
  readonly renamed: { name: string; place: number; became: string }[] = []
  private readonly taken: Set<string>
  /** Where counting goes on for a name, so that ten thousand equal ones are no square of that. */
  private readonly counts = new Map<string, number>()

  constructor(header: readonly string[] = []) {
    const wanted = header.map((name) => name.trim().slice(0, MAX_NAME_CHARS))
    // A name of the header is never given to another column that has to change its own.
    this.taken = new Set(wanted.filter((name) => name !== ''))
    const first = new Set<string>()
    for (const [place, name] of wanted.entries()) {
      if (name === '') this.names.push(this.freeName(`col_${place}`))
      else if (first.has(name)) this.rename(name, place)
      else this.names.push(name)
      first.add(name)
    }
  }

  /** Names the columns behind the header's, up to a number of them. */
  extend(count: number): void {
    for (let place = this.names.length; place < count; place++) this.names.push(this.freeName(`col_${place}`))
  }

  private rename(name: string, place: number): void {
    const became = this.freeName(name)
    this.names.push(became)
    this.renamed.push({ name, place, became })
  }

  private freeName(name: string): string {
    let free = name
    for (let count = this.counts.get(name) ?? 2; this.taken.has(free); count++) {
      free = `${name}_${count}`
      this.counts.set(name, count + 1)
    }
    this.taken.add(free)
    return free
  }
}

/** Headers that differ in the case of their letters are spellings of one: `ID` and `id`. */
export const foldName = (name: string): string => name.trim().toLowerCase()
