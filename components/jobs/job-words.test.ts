import { expect, test } from 'vitest'
import { DATASET_JOB_KINDS } from '#lib/domain/jobs/wire'
import { unitOf } from './job-words'

test('each kind of job about a dataset tells how far it is, in what it counts', () => {
  expect(DATASET_JOB_KINDS.map((kind) => [kind, unitOf(kind)])).toEqual([
    ['list-partitions', 'objects'],
    ['compute-metrics', 'files'],
    ['test-and-detect', 'files'],
  ])
})
