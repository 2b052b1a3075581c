import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, test, vi } from 'vitest'
import { draftQuery, draftsQuery, refreshWithout } from './drafts'

test('a draft that is gone is not asked for while it is still shown, but all else is', async () => {
  const client = new QueryClient()
  const [list, gone, other] = [
    draftsQuery('DEMO').queryKey,
    draftQuery('DEMO', 'gone').queryKey,
    draftQuery('DEMO', 'other').queryKey,
  ]
  const ask = vi.fn(({ queryKey }: { queryKey: readonly unknown[] }) => queryKey.at(-1))
  const leave = [list, gone, other].map((queryKey) =>
    new QueryObserver(client, {
      queryKey: queryKey as readonly unknown[],
      queryFn: ask,
      initialData: 'shown',
      staleTime: Number.POSITIVE_INFINITY,
    }).subscribe(() => {}),
  )
  await refreshWithout(client, ['projects', 'DEMO'], gone)
  expect(ask.mock.results.map(({ value }) => value)).toEqual(['drafts', 'other'])
  // Who opens it later is told.
  expect(client.getQueryState(gone)?.isInvalidated).toBe(true)
  await refreshWithout(client, ['projects', 'DEMO'], null)
  expect(ask).toHaveBeenCalledTimes(5)
  for (const end of leave) end()
})
