import 'server-only'
import { NotReady } from '../platform/db/transaction'
import type { RowLock } from './lock-row'

/** Of each row that a change of this process has the turn at: who waits for it, in the order they came. */
const waiting = new Map<string, (() => void)[]>()

/**
 * The turn of one change at the rows that it locks. Who waits for a row in the database does so with a connection of the pool: a dozen
 * changes of one row would leave none for anybody else. In one process they wait here instead, with none.
 */
export class TurnAtRow {
  readonly #mine = new Set<string>()
  #isOver = false

  /** Takes the turn at a row where nobody has it. @throws NotReady where somebody does, which waits for it outside of the transaction */
  require({ table, id }: RowLock): void {
    const row = `${table} ${id}`
    if (this.#mine.has(row)) return
    if (waiting.has(row)) throw new NotReady(`the turn at ${row}`, () => this.#wait(row), 'busy')
    waiting.set(row, [])
    this.#mine.add(row)
  }

  /** Ends all turns of the change, also one that comes after it has given up. */
  end(): void {
    this.#isOver = true
    this.#leave()
  }

  async #wait(row: string): Promise<void> {
    // Two that wait for each other's row would wait forever.
    this.#leave()
    const line = waiting.get(row)
    if (line) await new Promise<void>((resolve) => line.push(resolve))
    else waiting.set(row, [])
    this.#mine.add(row)
    if (this.#isOver) this.#leave()
  }

  #leave(): void {
    for (const row of this.#mine) {
      const next = waiting.get(row)?.shift()
      if (next) next()
      else waiting.delete(row)
    }
    this.#mine.clear()
  }
}
