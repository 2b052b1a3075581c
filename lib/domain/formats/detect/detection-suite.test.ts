import { expect, test } from 'vitest'
import { DETECTION_SAMPLES } from './samples/all-samples'
import { judgeSample } from './samples/judge-sample'

test('tells how files are to be read, in at least 98 of 100 samples', () => {
  const judged = DETECTION_SAMPLES.map((sample, number) => ({ sample, number, wrong: judgeSample(sample) }))
  const kinds = new Set(judged.map(({ sample }) => sample.kind))
  const missed = judged.filter(({ wrong }) => wrong.length > 0)
  const rows = [...kinds].map((kind) => {
    const ofKind = judged.filter(({ sample }) => sample.kind === kind)
    const right = ofKind.filter(({ wrong }) => wrong.length === 0).length
    const tuned = ofKind.filter(({ sample }) => sample.usedToTune).length
    return `${kind.padEnd(34)} ${right}/${ofKind.length} right${tuned > 0 ? `, ${tuned} used to tune` : ''}`
  })
  const held = judged.filter(({ sample }) => !sample.usedToTune)
  const heldRight = held.filter(({ wrong }) => wrong.length === 0).length
  const foreign = judged.filter(({ sample }) => sample.isForeign)
  const isHeld = ({ sample }: (typeof judged)[number]) => !sample.usedToTune
  const foreignRight = foreign.filter((one) => isHeld(one) && one.wrong.length === 0).length
  console.log(
    [
      ...rows,
      ...missed.map(({ sample, number, wrong }) => `WRONG ${number} ${sample.kind}: ${wrong.join('; ')}`),
      `${judged.length - missed.length} of ${judged.length} right over ${kinds.size} kinds; of ${held.length} not used to tune ${heldRight}`,
      `foreign: ${foreign.length}, of ${foreign.filter(isHeld).length} not used to tune ${foreignRight} right`,
    ].join('\n'),
  )
  expect(judged.length).toBeGreaterThanOrEqual(120)
  expect(kinds.size).toBeGreaterThanOrEqual(30)
  expect(missed.length).toBeLessThanOrEqual(judged.length * 0.02)
})
