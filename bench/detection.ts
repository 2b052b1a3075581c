import { detectFormat } from '#lib/domain/formats/detect/detect-format'
import { DETECTION_SAMPLES } from '#lib/domain/formats/detect/samples/all-samples'
import { judgeSample, toTextSamples } from '#lib/domain/formats/detect/samples/judge-sample'
import { FILES_SAMPLES, judgeFiles, TOLD } from '#lib/server/datasets/detection/samples/files-samples'
import { median, ms, time } from './measure'
import type { Row } from './row'

const SAMPLES = 100
const ROUNDS = 20
const MAXIMUM_MS = 200
const MINIMUM_SHARE = 0.98

/** Format detection over 100 samples of files, evenly out of the suite; right or wrong over all of it. */
export async function run(): Promise<Row[]> {
  const step = DETECTION_SAMPLES.length / SAMPLES
  const chosen = Array.from({ length: SAMPLES }, (_, index) => DETECTION_SAMPLES[Math.floor(index * step)])
  const texts = chosen.flatMap((sample) => (sample === undefined ? [] : [toTextSamples(sample)]))
  const detectAll = async () => {
    for (const samples of texts) detectFormat(samples)
  }
  const [cold = Number.NaN] = await time(1, detectAll)
  const took = median(await time(ROUNDS, detectAll))
  const right = DETECTION_SAMPLES.filter((sample) => judgeSample(sample).length === 0).length
  const held = DETECTION_SAMPLES.filter(({ usedToTune }) => usedToTune !== true)
  const heldRight = held.filter((sample) => judgeSample(sample).length === 0).length
  const share = right / DETECTION_SAMPLES.length
  return [
    {
      what: `format detection over ${texts.length} samples, median of ${ROUNDS}`,
      figure: `${ms(took)} (the first time ${ms(cold)})`,
      reference: '–',
      ratio: null,
      target: `≤ ${MAXIMUM_MS} ms`,
      ok: took <= MAXIMUM_MS,
    },
    {
      what: `formats told rightly, of ${DETECTION_SAMPLES.length} samples`,
      figure: `${(share * 100).toFixed(1)} % (of those not used to tune ${heldRight} of ${held.length})`,
      reference: '–',
      ratio: null,
      target: `≥ ${MINIMUM_SHARE * 100} %`,
      ok: share >= MINIMUM_SHARE,
    },
    ...(await judgeBytes()),
  ]
}

/** What is told of files as bytes, in many charsets and packings: each by itself. */
async function judgeBytes(): Promise<Row[]> {
  const judged: { sample: (typeof FILES_SAMPLES)[number]; wrong: Awaited<ReturnType<typeof judgeFiles>> }[] =
    []
  for (const sample of FILES_SAMPLES) judged.push({ sample, wrong: await judgeFiles(sample) })
  return TOLD.map((told) => {
    // What is no text has no charset.
    const asked = judged.filter(({ sample }) => told !== 'charset' || sample.expected.charset !== undefined)
    const right = asked.filter(({ wrong }) => wrong[told] === undefined).length
    return {
      what: `${told} of files as bytes`,
      figure: `right on ${right} of ${asked.length}`,
      reference: '–',
      ratio: null,
      target: `≥ ${MINIMUM_SHARE * 100} %`,
      ok: right >= asked.length * MINIMUM_SHARE,
    }
  })
}
