import 'server-only'

interface Gathering<In, Out> {
  items: In[]
  done: Promise<Out[]>
}

const waiting = new Map<string, Gathering<unknown, unknown>>()
let last: Promise<unknown> = Promise.resolve()

/**
 * Works on what comes for one key together: whatever arrives while earlier work is under way waits for it and is then worked on
 * at once. One piece of work runs at a time in this process, whatever the key. `work` answers one result for each item.
 */
export async function gatherFor<In, Out>(
  key: string,
  item: In,
  work: (key: string, items: In[]) => Promise<Out[]>,
): Promise<Out> {
  const gathering = (waiting.get(key) as Gathering<In, Out> | undefined) ?? begin(key, work)
  const index = gathering.items.push(item) - 1
  return (await gathering.done)[index] as Out
}

function begin<In, Out>(key: string, work: (key: string, items: In[]) => Promise<Out[]>): Gathering<In, Out> {
  const items: In[] = []
  const done = last.then(() => {
    waiting.delete(key)
    return work(key, items)
  })
  last = done.catch(() => undefined)
  const gathering = { items, done }
  waiting.set(key, gathering)
  return gathering
}
