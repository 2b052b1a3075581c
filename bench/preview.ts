import { firstParams } from '#lib/domain/datasets/wizard-format'
import { residentBytesOfWeb } from '../e2e/support/web-memory'
import { median, megabytes, ms, percentile, time } from './measure'
import { definitionOf, FOLDERS, inPreviewPlace, type PreviewPlace } from './preview-place'
import type { Row } from './row'

const ROUNDS = 100
const RECORDS = 1_000
const MAXIMUM_P95_MS = 300
const MAXIMUM_WEB_MB = 400

/** Previews at the API of a running copy: of 1,000 records of one gz object, and of what follows when someone overrides a setting. */
export const run = (): Promise<Row[]> =>
  inPreviewPlace(async (place) => {
    const table = { folder: FOLDERS.table, atLeast: RECORDS }
    const small = { folder: FOLDERS.small, atLeast: 2 }
    return [
      await measure(place, {
        what: '1,000 records of one gz object',
        definitionOf: () => definitionOf(FOLDERS.lines),
        atLeast: RECORDS,
      }),
      await measure(place, {
        what: 'a gz object whose separator is changed',
        ...overriding(table, separated),
      }),
      await measure(place, { what: 'a gz object whose charset is changed', ...overriding(table, encoded) }),
      await measure(place, {
        what: 'files of one record whose separator is changed',
        ...overriding(small, separated),
      }),
      await measure(place, {
        what: 'files of one record whose charset is changed',
        ...overriding(small, encoded),
      }),
      webMemory(place.launchpad.home),
    ]
  })

interface Measured {
  what: string
  /** The settings of a round; none has those of the one before. */
  definitionOf: (round: number) => ReturnType<typeof definitionOf>
  /** Records that each preview has. */
  atLeast: number
}

const SEPARATORS = [',', ';', '|', '\t', ':', '#', '~', '^', '!', '&']
const CHARSETS = ['utf8', 'windows-1252', 'iso-8859-2', 'iso-8859-15', 'windows-1250', 'koi8-r']

const separated = (round: number) => ({ separator: SEPARATORS[round % SEPARATORS.length], charset: 'utf8' })
const encoded = (round: number) => ({ separator: ',', charset: CHARSETS[round % CHARSETS.length] })

const overriding = (
  { folder, atLeast }: { folder: string; atLeast: number },
  paramsOf: (round: number) => object,
): Omit<Measured, 'what'> => ({
  atLeast,
  definitionOf: (round) =>
    definitionOf(folder, {
      formatType: 'csv',
      formatParams: { ...firstParams('csv', {}), parseHeaderRow: false, ...paramsOf(round) },
    }),
})

async function measure({ api }: PreviewPlace, measured: Measured): Promise<Row> {
  const { what, definitionOf: settingsOf, atLeast } = measured
  const preview = async (round: number) => {
    const body = { definition: settingsOf(round), records: RECORDS, readOn: true }
    const { records } = await api<{ records: number }>('POST', '/api/files/preview', body)
    if (records < atLeast) throw new Error(`the preview of ${what} has ${records} records`)
  }
  await preview(ROUNDS)
  const took = await time(ROUNDS, preview)
  const p95 = percentile(took, 0.95)
  return {
    what: `preview of ${what} at the API, p95 of ${ROUNDS}`,
    figure: `${ms(p95)} (median ${ms(median(took))})`,
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_P95_MS} ms`,
    ok: p95 <= MAXIMUM_P95_MS,
  }
}

/** What web holds after the previews. */
function webMemory(home: string): Row {
  const bytes = residentBytesOfWeb(home)
  return {
    what: 'resident memory of web afterwards',
    figure: megabytes(bytes),
    reference: '–',
    ratio: null,
    target: `≤ ${MAXIMUM_WEB_MB} MB`,
    ok: bytes / 1e6 <= MAXIMUM_WEB_MB,
  }
}
