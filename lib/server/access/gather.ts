import 'server-only'

interface Gathering<In, Out> {
  items: In[]
  done: Promise<Out[]>
}

/**
 * Works on what comes for one key together: whatever arrives while earlier work is under way waits for it and is then worked on
 * at once. One piece of work of a kind runs at a time in this process, whatever the key; another kind waits for none of it.
 * `work` answers one result for each item.
 */
export class Gatherings<In, Out> {
  readonly #waiting = new Map<string, Gathering<In, Out>>()
  readonly #work: (key: string, items: In[]) => Promise<Out[]>
  #last: Promise<unknown> = Promise.resolve()

  constructor(work: (key: string, items: In[]) => Promise<Out[]>) {
    this.#work = work
  }

  async add(key: string, item: In): Promise<Out> {
    const gathering = this.#waiting.get(key) ?? this.#begin(key)
    const index = gathering.items.push(item) - 1
    return (await gathering.done)[index] as Out
  }

  #begin(key: string): Gathering<In, Out> {
    const items: In[] = []
    const done = this.#last.then(() => {
      this.#waiting.delete(key)
      return this.#work(key, items)
    })
    this.#last = done.catch(() => undefined)
    const gathering = { items, done }
    this.#waiting.set(key, gathering)
    return gathering
  }
}
