import { findJsonLayout, isObject } from './json-layouts'
import { type JsonOutline, type OutlineArray, outlineJson } from './json-outline'
import { firstLines, type TextSample } from './text-sample'

export type JsonRecord = Record<string, unknown>

/** How the objects of one file stand in it. */
export type JsonShape = 'lines' | 'concatenated' | 'array' | 'root-path' | 'none'

/** One file, looked at as JSON. */
export interface JsonLook {
  shape: JsonShape
  rootPath: string
  /** Lines, or for the other shapes values, that are objects, of all. */
  fitting: number
  all: number
  /** 0 to 1: how much of the text is JSON of that shape. */
  share: number
  /** Some of its records. */
  records: JsonRecord[]
  /** The same file as one record, where a list in a lone object made it look like a root path. */
  asOne?: JsonLook
}

/** Records that are built for a look at their names and values. */
const MAX_RECORDS = 50
/** Lines that are tried before a file of which none is JSON is left. */
const TRIED_LINES = 20
/** How much of a lone object its array has to take for holding the records. */
const ROOT_ARRAY_SHARE = 0.5

/** Looks at one file as JSON. */
export function lookAtJson({ text, whole }: TextSample): JsonLook {
  const lines = lookAtLines(text, whole)
  const start = text.trimStart()[0]
  // One object a line is the rule; anything else has to read better than that.
  if (lines.all > 1 && lines.share > 0.5 && start === '{') return withKnownRoot(lines)
  if (start !== '{' && start !== '[') return lines
  // An event alone in its file may hold a long list.
  if (lines.share === 1 && findJsonLayout(lines.records) !== undefined) return lines
  const look = lookAtOutline(text, outlineJson(text))
  if (look === undefined || (look.shape === 'concatenated' && lines.share === 1)) return lines
  const mayBeOne = look.shape === 'root-path' && lines.share === 1 && !KNOWN_ROOTS.has(look.rootPath)
  return mayBeOne ? { ...look, asOne: lines } : look
}

/** Lines that each hold a list of records under a name that log services use. */
function withKnownRoot(lines: JsonLook): JsonLook {
  const rootPath = [...KNOWN_ROOTS].find((name) => lines.records.every((record) => objectsIn(record, name)))
  if (rootPath === undefined) return lines
  const records = lines.records.flatMap((record) => objectsIn(record, rootPath) ?? [])
  return { ...lines, shape: 'root-path', rootPath, records: records.slice(0, MAX_RECORDS) }
}

/** The objects of a list; undefined for what is no list of objects. */
function objectsIn(record: JsonRecord, name: string): JsonRecord[] | undefined {
  const list = record[name]
  return Array.isArray(list) && list.every(isObject) ? (list as JsonRecord[]) : undefined
}

function lookAtLines(text: string, whole: boolean): JsonLook {
  const lines = firstLines(text).filter((line) => line.trim() !== '')
  const look: JsonLook = { shape: 'lines', rootPath: '', fitting: 0, all: 0, share: 0, records: [] }
  for (const line of lines) {
    look.all++
    const record = parseObject(line)
    if (record !== undefined) {
      look.fitting++
      if (look.records.length < MAX_RECORDS) look.records.push(record)
    } else if (look.fitting === 0 && look.all >= TRIED_LINES) break
  }
  // A line that is cut is no broken one.
  if (!whole && look.all === 1 && look.fitting === 0) look.all = 0
  look.share = look.all === 0 ? 0 : look.fitting / look.all
  if (look.fitting === 0) look.shape = 'none'
  return look
}

function lookAtOutline(text: string, outline: JsonOutline): JsonLook | undefined {
  const share = text.length === 0 ? 0 : outline.readChars / text.length
  const root = findRootArray(text, outline)
  if (root !== undefined) {
    const all = root.objects + root.others
    return {
      shape: root.path === '' ? 'array' : 'root-path',
      rootPath: root.path,
      fitting: root.objects,
      all,
      share: share * (all === 0 ? 1 : root.objects / all),
      records: recordsAt(text, root.spans),
    }
  }
  // An object alone in its file that is longer than the sample is one as well.
  const isOneObject = outline.open && outline.values === 0 && outline.arrays.every(({ path }) => path !== '')
  const all = outline.values
  if (all === 0 && !isOneObject) return undefined
  return {
    shape: 'concatenated',
    rootPath: '',
    fitting: outline.objects,
    all,
    share: share * (all === 0 ? 1 : outline.objects / all),
    records: recordsAt(text, outline.spans),
  }
}

/** The array that holds the records: the whole value, or most of a lone object. */
function findRootArray(text: string, outline: JsonOutline): OutlineArray | undefined {
  const whole = outline.arrays.find(({ path }) => path === '')
  if (whole !== undefined) return whole
  const isLone = outline.values + (outline.open ? 1 : 0) === 1
  const [largest] = outline.arrays
    .filter(({ objects, others, chars }) => objects > 0 || (others === 0 && chars > 2 && outline.open))
    .sort((a, b) => b.chars - a.chars)
  if (largest !== undefined && (isLone || KNOWN_ROOTS.has(largest.path))) {
    const isMost = largest.chars >= outline.readChars * ROOT_ARRAY_SHARE
    if (isMost || KNOWN_ROOTS.has(largest.path)) return largest
  }
  if (!isLone) return undefined
  // CloudTrail writes `{"Records":[]}` for a quiet time.
  const isAllThereIs = (array: OutlineArray) => text.trim().length - array.chars <= array.path.length + 10
  return outline.arrays.find((array) => KNOWN_ROOTS.has(array.path) && isAllThereIs(array))
}

/** Names under which log services put the records of a file. */
const KNOWN_ROOTS = new Set(['Records', 'records', 'logEvents'])

function recordsAt(text: string, spans: readonly [number, number][]): JsonRecord[] {
  return spans.slice(0, MAX_RECORDS).flatMap(([start, end]): JsonRecord[] => {
    const record = parseObject(text.slice(start, end))
    return record === undefined ? [] : [record]
  })
}

function parseObject(text: string): JsonRecord | undefined {
  const trimmed = text.trim()
  if (!trimmed.startsWith('{') || !trimmed.endsWith('}')) return undefined
  try {
    const value: unknown = JSON.parse(trimmed)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
