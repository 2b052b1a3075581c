/** A line of a bench's table. `ratio` is figure / reference for times and rates alike; `ok` says whether the target holds. */
export interface Row {
  what: string
  figure: string
  reference: string
  /** Null where there is nothing to compare with. */
  ratio: number | null
  target: string
  ok: boolean
}
