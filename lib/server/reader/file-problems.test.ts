import { expect, test } from 'vitest'
import { binaryProblem, misnamedProblem } from './file-problems'

test('what is read as text under the name of another kind is told', () => {
  expect(misnamedProblem('/a/cut.parquet', 'none')?.message).toBe(
    'The file is named .parquet and does not begin as Parquet does: it is read as text.',
  )
  expect(misnamedProblem('/a/plain.log.gz', 'none')?.reason).toBe('not-as-named')
  expect(misnamedProblem('/a/real.log.GZ', 'gzip')).toBeUndefined()
  expect(misnamedProblem('/a/b.parquet/c.log', 'none')).toBeUndefined()
  expect(misnamedProblem('/constructor', 'none')).toBeUndefined()
})

test('no type is proposed for what none reads', () => {
  expect(binaryProblem('Parquet', '/x').remedy).toBe('Choose another type, or leave the file out.')
  expect(binaryProblem('gzip', '/x').remedy).toContain('packed twice')
  expect(binaryProblem('a tar archive', '/x').remedy).toContain('by themselves or as zip')
  expect(binaryProblem('binary data', '/x').remedy).toContain('UTF-16 without a mark')
  expect(binaryProblem('a PNG image', '/x').remedy).toBe('No type reads it: leave the file out.')
})
