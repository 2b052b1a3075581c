import { expect, test } from 'vitest'
import { newWizard, reduceWizard } from '#lib/domain/datasets/wizard'
import { markTabs } from '#lib/domain/datasets/wizard-problems'
import { refusedPath } from './refused-path'

const error = {
  code: 'not_found' as const,
  reason: 'ERR_FSPROVIDER_ROOT_PATH_DOES_NOT_EXIST',
  message: 'There is nothing at /nowhere/.',
  remedy: 'Check the path.',
}

test('a path that a listing refused is a problem of Files, until it is listed again', () => {
  const state = reduceWizard(newWizard(), { step: 'set-path', path: '/nowhere/' })
  const files = { startedOf: 'a', busy: false, error }
  const problems = refusedPath({ files })
  expect(problems).toMatchObject([{ message: 'There is nothing at /nowhere/. Check the path.' }])
  expect(markTabs(state, problems).files).toEqual({ mark: 'problems', count: 1 })
  expect(refusedPath({ files: { ...files, busy: true } })).toEqual([])
  expect(refusedPath({ files: { ...files, error: { ...error, reason: 'timeout' } } })).toEqual([])
  expect(markTabs(state, []).files).toEqual({ mark: 'set' })
})
