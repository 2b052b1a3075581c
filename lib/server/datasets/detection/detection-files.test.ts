import { expect, test } from 'vitest'
import { FILES_SAMPLES, judgeFiles, judgeReasons, TOLD } from './samples/files-samples'

test('tells charset, compression, format and times of files as bytes', async () => {
  const judged = await Promise.all(
    FILES_SAMPLES.map(async (sample) => ({ sample, wrong: await judgeFiles(sample) })),
  )
  const counts = TOLD.map((told) => {
    const asked = judged.filter(({ sample }) => told !== 'charset' || sample.expected.charset !== undefined)
    const held = asked.filter(({ sample }) => sample.usedToTune !== true)
    const right = (some: typeof judged) => some.filter(({ wrong }) => wrong[told] === undefined).length
    return { told, asked: asked.length, right: right(asked), held: held.length, heldRight: right(held) }
  })
  const rows = judged.map(({ sample: { kind, files }, wrong }) => {
    const faults = Object.entries(wrong).map(([told, what]) => `${told} ${what}`)
    return `${kind.padEnd(42)} ${files.join(', ').padEnd(30)} ${faults.join('; ') || 'right'}`
  })
  const sums = counts.map(
    ({ told, asked, right, held, heldRight }) =>
      `${told} right on ${right} of ${asked}, of those not used to tune ${heldRight} of ${held}`,
  )
  console.log([...rows, ...sums].join('\n'))
  expect(judged.length).toBeGreaterThanOrEqual(70)
  for (const { told, asked, right } of counts)
    expect({ told, isRight: right >= asked * 0.98 }).toEqual({ told, isRight: true })
})

test('each candidate for files as bytes that lost has a reason that is true of it', async () => {
  const judged = await Promise.all(
    FILES_SAMPLES.map(async ({ kind, files, ...sample }) =>
      (await judgeReasons({ kind, files, ...sample })).map((wrong) => ({ kind, files, wrong })),
    ),
  )
  expect(judged.flat().length).toBeGreaterThanOrEqual(70)
  expect(judged.flat().filter(({ wrong }) => wrong !== null)).toEqual([])
})
