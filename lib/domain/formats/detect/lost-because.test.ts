import { expect, test } from 'vitest'
import { detectFormat } from './detect-format'
import { DETECTION_SAMPLES } from './samples/all-samples'
import { judgeReason } from './samples/judge-reason'
import { toTextSamples } from './samples/judge-sample'

test('of all samples each candidate that lost has a reason that is true of it', () => {
  const judged = DETECTION_SAMPLES.flatMap((sample, number) => {
    const texts = toTextSamples(sample)
    const [first, ...others] = detectFormat(texts)
    if (first === undefined) return []
    return others.map((other) => ({
      number,
      label: other.label,
      wrong: judgeReason({ first, other, texts }),
    }))
  })
  expect(judged.length).toBeGreaterThan(300)
  expect(judged.filter(({ wrong }) => wrong !== null)).toEqual([])
})

test.each([
  ['', 'no known reason'],
  ['It fits less.', 'no known reason'],
  ['2 of 3 rows have another number of cells than 2 when space separates.', 'not true'],
  ['It gives 6 columns where HAProxy gives 30.', 'not true'],
  ['"Separated values, comma" explains more: all 9 rows have 2 cells.', 'not true'],
])('a reason that says %j is found out', (lostBecause, wrong) => {
  const texts = [{ path: '/a', text: 'a,b\n1,2\n', whole: true, looksLike: null }]
  const [first, other] = detectFormat(texts)
  if (first === undefined || other === undefined) throw new Error('no rival')
  expect(judgeReason({ first, other: { ...other, lostBecause }, texts })).toContain(wrong)
})
