import { isSealedNumber, printExactJson } from '../exact-json'
import type { DatasetDefinition } from './definition'

/** One setting that is another one: its place in the JSON, and its values as texts; null where there is none. */
export interface SettingChange {
  setting: string
  from: string | null
  to: string | null
}

/** Longer values are cut: one compares settings, not documents. */
const MOST_CHARS = 200
/** What stands before the first difference of two long values, at most. */
const LEAD_CHARS = 60
/** Deeper objects are compared whole. */
const MOST_DEPTH = 6

/** What importing settings changes, setting by setting in the order of the JSON: `params.path /raw/ → /logs/`. */
export function diffDefinitions(
  before: { name: string; definition: DatasetDefinition },
  after: { name: string; definition: DatasetDefinition },
): SettingChange[] {
  const from = flatten(before)
  const to = flatten(after)
  return [...new Set([...from.keys(), ...to.keys()])].flatMap((setting) => {
    const change = { setting, from: from.get(setting) ?? null, to: to.get(setting) ?? null }
    return change.from === change.to ? [] : [{ setting, ...cutBoth(change) }]
  })
}

function flatten({ name, definition }: { name: string; definition: DatasetDefinition }): Map<string, string> {
  const settings = new Map<string, string>([['name', name]])
  addAll(settings, '', definition, 0)
  return settings
}

function addAll(settings: Map<string, string>, prefix: string, value: object, depth: number): void {
  for (const [key, inner] of Object.entries(value)) {
    const setting = prefix === '' ? key : `${prefix}.${key}`
    if (isObject(inner) && !isSealedNumber(inner) && depth < MOST_DEPTH)
      addAll(settings, setting, inner, depth + 1)
    else settings.set(setting, say(setting, inner))
  }
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function say(setting: string, value: unknown): string {
  if (typeof value === 'string') return value
  if (setting === 'schema.columns' && Array.isArray(value)) return sayColumns(value)
  return printExactJson(value) ?? ''
}

const sayColumns = (columns: DatasetDefinition['schema']['columns']): string =>
  `${columns.length} ${columns.length === 1 ? 'column' : 'columns'}: ${columns
    .map(({ name, type, ...more }) => {
      const rest = Object.keys(more).length === 0 ? '' : ` ${JSON.stringify(more)}`
      return `${name} ${type}${rest}`
    })
    .join(', ')}`

/** Cuts long values so that what differs is seen in both: they begin with the item of a list that is the first to differ. */
function cutBoth({ from, to }: Pick<SettingChange, 'from' | 'to'>): Pick<SettingChange, 'from' | 'to'> {
  const start = from === null || to === null ? 0 : startOfDifference(from, to)
  return { from: cut(from, start), to: cut(to, start) }
}

function startOfDifference(from: string, to: string): number {
  if (Math.max(from.length, to.length) <= MOST_CHARS) return 0
  let same = 0
  while (same < from.length && from[same] === to[same]) same++
  if (same <= LEAD_CHARS) return 0
  const item = from.lastIndexOf(', ', same - 1) + 2
  return Math.max(item, same - LEAD_CHARS)
}

function cut(text: string | null, start: number): string | null {
  if (text === null) return null
  const end = start + MOST_CHARS
  const shown = text.slice(start, end).toWellFormed()
  return `${start > 0 ? '…' : ''}${shown}${text.length > end ? '…' : ''}`
}
