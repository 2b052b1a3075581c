import type { DatasetDefinition } from '#lib/domain/datasets/definition'

/** Settings of formats that take several keys to write. */
const TYPED_PARAMS = new Set([
  'maxLineChars',
  'maxRowChars',
  'expandDepth',
  'maxDepth',
  'rootPath',
  'pattern',
  'skipRowsBeforeHeader',
  'skipRowsAfterHeader',
])

/** Settings of files that take several keys to write. */
const TYPED_FILES = new Set(['filesSelectionRules'])

type Settings = Pick<DatasetDefinition, 'formatType' | 'formatParams' | 'params'>

/** Tells whether what differs is a text that someone may still be writing, so that reading it waits for a moment. */
export function isTyped(before: Settings, after: Settings): boolean {
  const changed = differing(before.formatParams, after.formatParams)
  const moved = differing(before.params, after.params)
  if (changed.length + moved.length === 0) return false
  return (
    before.formatType === after.formatType &&
    changed.every((name) => TYPED_PARAMS.has(name)) &&
    moved.every((name) => TYPED_FILES.has(name))
  )
}

function differing(before: Record<string, unknown>, after: Record<string, unknown>): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].filter((name) => before[name] !== after[name])
}
