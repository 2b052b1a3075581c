import { expect, test } from 'vitest'
import { jobAddress, jobsAddress, readJobsView } from './jobs-address'

test.each([
  [{}, '/projects/AUDIT/jobs'],
  [{ state: 'failed' }, '/projects/AUDIT/jobs?state=failed'],
  [
    { state: 'under-way', kind: 'compute-metrics', dataset: 'a b&c', job: '1' },
    '/projects/AUDIT/jobs?state=under-way&kind=compute-metrics&dataset=a+b%26c&job=1',
  ],
] as const)('a view has an address that is read as that view again', (view, address) => {
  expect(jobsAddress('AUDIT', view)).toBe(address)
  expect(readJobsView(new URL(address, 'http://localhost').searchParams)).toEqual(view)
})

test('values that nobody knows are left out', () => {
  expect(readJobsView(new URLSearchParams('state=late&kind=x&dataset=&job=7'))).toEqual({ job: '7' })
  expect(jobAddress('A B', '7')).toBe('/projects/A%20B/jobs?job=7')
})
