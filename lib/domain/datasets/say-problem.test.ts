import { expect, test } from 'vitest'
import type { Problem } from './problem'
import { leaveOutTold, sayProblem } from './say-problem'

const taken: Problem = {
  reason: 'name-taken',
  path: ['name'],
  tab: 'name',
  field: 'Dataset name',
  severity: 'error',
  message: 'This project has a dataset named logs already. Choose another name.',
}
const noPath: Problem = {
  reason: 'path-missing',
  path: ['params', 'path'],
  tab: 'files',
  field: 'Path in bucket',
  severity: 'error',
  message: 'Give a path.',
}
const reasons = (mistakes: Problem[]) => ({ reasons: mistakes.map(sayProblem), mistakes })

test('says what is wrong and on which tab, and leaves what to do to the field', () => {
  expect(sayProblem(taken)).toBe('This project has a dataset named logs already.')
  expect(sayProblem(noPath)).toBe('Files: Give a path.')
})

test('what stands at the name is not said once more beside Create', () => {
  expect(leaveOutTold(reasons([taken]), taken.message)).toEqual({ reasons: [], problem: null })
  expect(leaveOutTold(reasons([taken, noPath]), taken.message)).toEqual({
    reasons: ['Files: Give a path.'],
    problem: noPath,
  })
})

test('all else is, and a name that nobody has written yet', () => {
  const missing = { ...taken, message: 'Give the dataset a name.' }
  expect(leaveOutTold(reasons([missing]), undefined)).toEqual({
    reasons: [missing.message],
    problem: missing,
  })
  expect(leaveOutTold(reasons([noPath]), 'A refusal of the server.').reasons).toHaveLength(1)
  const unable = ['You need to be able to write in this project.', sayProblem(taken)]
  expect(leaveOutTold({ reasons: unable, mistakes: [taken] }, taken.message).reasons).toEqual([unable[0]])
})
