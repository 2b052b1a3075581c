import { expect, test } from 'vitest'
import { formatSchema } from '../formats/catalogue'
import { csvFormatSchema } from '../formats/csv'
import type { Detection, FormatCandidate } from '../formats/detection'
import { type DatasetDefinition, newDefinition } from './definition'
import { compileSelection } from './selection'
import { suggestFixes } from './suggest-fixes'
import type { FixContext, SuggestedFix } from './suggested-fix'
import { newWizard, reduceWizard } from './wizard'

const candidate = (
  type: string,
  params: object,
  label: string,
  layout: string | null = null,
): FormatCandidate => ({
  format: formatSchema.parse({ type, params }),
  label,
  layout,
  confidence: 0.9,
  evidence: [],
  lostBecause: null,
  columns: [],
})

const file = (
  path: string,
  looksLike: string | null = null,
  charset = 'utf8',
): Detection['files'][number] => ({
  path,
  sizeBytes: 10,
  modifiedAt: '2026-11-22T10:00:00.000Z',
  compression: 'none',
  charset,
  looksLike,
  problem: null,
})

const detected = (
  candidates: FormatCandidate[],
  files: Detection['files'] = [],
  charset = 'utf8',
): Detection => ({
  candidates,
  files,
  charset: { name: charset, confidence: 1, evidence: '' },
  compression: { name: 'none', evidence: '' },
  timestamps: [],
  durationMs: 1,
})

const definedBy = (formatType: string, formatParams: Record<string, unknown>): DatasetDefinition => ({
  ...newDefinition(),
  formatType,
  formatParams,
})

const CSV = csvFormatSchema.parse({ type: 'csv', params: {} }).params

function suggest(
  reason: string,
  definition: DatasetDefinition,
  detection: Detection | null,
  { usedPath = '/x', looksLike = null as string | null, charset = 'utf-8' } = {},
): SuggestedFix[] {
  return suggestFixes(
    { reason, message: '', path: usedPath },
    { definition, detection, preview: { usedPath, charset, looksLike } },
  )
}

/** The definition after the one click. */
const after = (definition: DatasetDefinition, fix: SuggestedFix | undefined): DatasetDefinition =>
  fix ? reduceWizard({ ...newWizard(), definition }, fix.step).definition : definition

const labels = (fixes: readonly SuggestedFix[]) => fixes.map(({ label }) => label)

test('ragged rows are offered the separator, the quotes and the rows to skip that the files look like', () => {
  const commas = definedBy('csv', CSV)
  const semicolons = detected([
    candidate('csv', { separator: ';', skipRowsBeforeHeader: 2 }, 'Separated values'),
  ])
  const fixes = suggest('ragged-rows', commas, semicolons)
  expect(labels(fixes)).toEqual(['Separate by semicolon, skip 2 rows before the header'])
  expect(after(commas, fixes[0]).formatParams).toEqual({ ...CSV, separator: ';', skipRowsBeforeHeader: 2 })
  const one = detected([candidate('csv', { skipRowsBeforeHeader: 1 }, 'Separated values')])
  expect(labels(suggest('ragged-rows', commas, one))).toEqual(['Skip 1 row before the header'])
  const unquoted = detected([candidate('csv', { style: 'no_escape_no_quote' }, 'Separated values')])
  expect(labels(suggest('ragged-rows', commas, unquoted))).toEqual(['Read without quotes'])
  const json = candidate('json', {}, 'JSON, one object a line')
  expect(labels(suggest('ragged-rows', commas, detected([json])))).toEqual([
    'Read as JSON, one object a line',
  ])
})

test('nothing is offered that is set already, or would keep each row whole', () => {
  const commas = definedBy('csv', CSV)
  expect(suggest('ragged-rows', commas, detected([candidate('csv', {}, 'Separated values')]))).toEqual([])
  expect(suggest('ragged-rows', commas, detected([candidate('line', {}, 'By line')]))).toEqual([])
  expect(suggest('ragged-rows', commas, null)).toEqual([])
})

test('bytes that do not decode are offered the charset of their file, then that of most files', () => {
  const definition = definedBy('line', { charset: 'utf8' })
  const found = detected([], [file('/x', null, 'windows-1252'), file('/y', null, 'iso-8859-2')], 'iso-8859-2')
  const fixes = suggest('undecodable-bytes', definition, found)
  expect(labels(fixes)).toEqual(['Read as windows-1252', 'Read as iso-8859-2'])
  expect(after(definition, fixes[0]).formatParams.charset).toBe('windows-1252')
  expect(suggest('undecodable-bytes', definition, detected([], [file('/x')]))).toEqual([])
  expect(suggest('undecodable-bytes', definedBy('parquet', {}), found)).toEqual([])
})

test('lines that do not match are offered the layout that they look like', () => {
  const definition = definedBy('regexp', { pattern: '(?<a>.*)x' })
  const combined = candidate('regexp', { pattern: '(?<b>.*)' }, 'Regular expression', 'nginx combined')
  const fixes = suggest('unmatched-lines', definition, detected([combined]))
  expect(labels(fixes)).toEqual(['Read as nginx combined'])
  expect(after(definition, fixes[0]).formatParams.pattern).toBe('(?<b>.*)')
  expect(
    suggest('unmatched-lines', definedBy('regexp', { pattern: '(?<b>.*)' }), detected([combined])),
  ).toEqual([])
})

test('what the reading proposes itself comes first', () => {
  const definition = definedBy('json', { rootPath: 'a' })
  const fixes = suggestFixes(
    {
      reason: 'no-root-path',
      message: '',
      path: '/x',
      fixes: [{ label: 'Read b', params: { rootPath: 'b' } }],
    },
    { definition, detection: null, preview: { usedPath: '/x', charset: 'utf-8', looksLike: null } },
  )
  expect(after(definition, fixes[0]).formatParams).toMatchObject({ rootPath: 'b' })
})

const LINES = definedBy('line', {})
const MIXED = [file('/a.log'), file('/b.log'), file('/c.csv'), file('/d/photo.png', 'a PNG image')]
const PHOTO = { usedPath: '/d/photo.png', looksLike: 'a PNG image' }

test('where no line matches, what the files look like comes before leaving such lines out', () => {
  const skip = { label: 'Leave such lines out', params: { unmatchedLines: 'skip' } }
  const problem = { reason: 'unmatched-lines', message: '', path: '/x', fixes: [skip] }
  const row = { number: 1, raw: 'a,b', cells: [], absent: [] }
  const labelsOf = (rows: FixContext['preview']['rows'] & {}) =>
    labels(
      suggestFixes(problem, {
        definition: definedBy('regexp', { pattern: '(?P<a>x)' }),
        detection: detected([candidate('csv', CSV, 'Separated by comma')]),
        preview: { usedPath: '/x', charset: 'utf8', looksLike: null, rows },
      }),
    )
  const [none, some] = [{ ...row, unparsed: 'does not match' }, row]
  expect(labelsOf([none])).toEqual(['Read as Separated by comma', 'Leave such lines out'])
  expect(labelsOf([])).toEqual(['Read as Separated by comma', 'Leave such lines out'])
  expect(labelsOf([none, some])).toEqual(['Leave such lines out', 'Read as Separated by comma'])
})

test('a text whose charset makes it look binary is read in its own', () => {
  const own = { ...file('/wide.log'), charset: 'utf-16le' }
  const read = { usedPath: '/wide.log', looksLike: 'binary data', charset: 'utf8' }
  const fixes = suggest('looks-like-binary', LINES, detected([], [own, file('/b.log')]), read)
  expect(labels(fixes)).toEqual(['Read as utf-16le'])
  expect(after(LINES, fixes[0]).formatParams).toEqual({ charset: 'utf-16le' })
})

test('a binary file is left out by its kind, or read as text all the same', () => {
  const fixes = suggest('looks-like-binary', LINES, detected([], MIXED), PHOTO)
  expect(labels(fixes)).toEqual(['Keep only *.log', 'Leave out *.png', 'Read as text anyway'])
  expect(fixes.slice(0, 2).map((fix) => takenBy(after(LINES, fix)))).toEqual([
    ['/a.log', '/b.log'],
    ['/a.log', '/b.log', '/c.csv'],
  ])
  expect(after(LINES, fixes[2]).formatParams).toEqual({ binaryAsText: true })
})

test('a binary file that is named like the texts is left out by itself', () => {
  const files = [file('/a[1].log', 'binary data'), file('/a1.log')]
  const context = { usedPath: '/a[1].log', looksLike: 'binary data' }
  const [first] = suggest('looks-like-binary', LINES, detected([], files), context)
  expect(first?.label).toBe('Leave this file out')
  expect(takenBy(after(LINES, first), files)).toEqual(['/a1.log'])
})

test('nothing is left out where nothing else was met', () => {
  const alone = detected([], [file('/d/photo.png', 'a PNG image')])
  expect(labels(suggest('looks-like-binary', LINES, alone, PHOTO))).toEqual(['Read as text anyway'])
})

test('what can be read as it is is offered so first', () => {
  const parquet = { usedPath: '/p', looksLike: 'Parquet' }
  expect(labels(suggest('looks-like-binary', LINES, null, parquet))[0]).toBe('Read as Parquet')
  const packed = definedBy('line', { compress: 'none' })
  const gzip = { usedPath: '/p', looksLike: 'gzip' }
  expect(labels(suggest('looks-like-binary', packed, null, gzip))[0]).toBe('Detect the compression')
  // Packed twice, which detecting finds again.
  const twice = definedBy('line', { compress: 'gzip' })
  expect(labels(suggest('looks-like-binary', twice, null, gzip))).not.toContain('Detect the compression')
})

test('a problem of a file that was read on is mended by that file, not by the first one', () => {
  const files = [file('/3.log'), file('/2.log', 'Parquet'), file('/1.log', null, 'windows-1252')]
  const readOn = { records: 0, truncatedBy: null }
  const further = [
    { path: '/2.log', charset: '', looksLike: 'Parquet', ...readOn },
    { path: '/1.log', charset: 'utf-8', looksLike: null, ...readOn },
  ]
  const preview = { usedPath: '/3.log', charset: 'utf-8', looksLike: null, further }
  const context = { definition: LINES, detection: detected([], files), preview }
  const binary = suggestFixes({ reason: 'looks-like-binary', message: '', path: '/2.log' }, context)
  expect(labels(binary)).toEqual(['Read as Parquet', 'Leave this file out', 'Read as text anyway'])
  expect(takenBy(after(LINES, binary[1]), files)).toEqual(['/3.log', '/1.log'])
  const undecoded = suggestFixes({ reason: 'undecodable-bytes', message: '', path: '/1.log' }, context)
  expect(labels(undecoded)[0]).toBe('Read as windows-1252')
})

function takenBy({ params }: DatasetDefinition, files = MIXED): string[] {
  const selector = compileSelection(params.filesSelectionRules)
  if (!selector.ok) throw new Error('the rules are broken')
  return files
    .map(({ path }) => path)
    .filter((path) => selector.value.exclusionOf({ path, sizeBytes: 1, storageClass: '' }) === null)
}
