import type { DatasetDefinition } from './definition'

/** Longer settings are told by their length: an event is no copy of a definition. */
const MOST_CHARS = 8_000

type Told = Record<string, unknown>

/** The settings that differ, before and after, as an event tells them. */
export function tellChange(before: DatasetDefinition, after: DatasetDefinition): [before: Told, after: Told] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (key) => JSON.stringify(settingOf(before, key)) !== JSON.stringify(settingOf(after, key)),
  )
  return [pick(before, keys), pick(after, keys)]
}

/** The settings of a definition, as the event that makes or ends a dataset tells them. */
export const tellDefinition = (definition: DatasetDefinition): Told =>
  pick(definition, Object.keys(definition))

const pick = (definition: DatasetDefinition, keys: readonly string[]): Told =>
  Object.fromEntries(
    keys
      .map((key) => [key, settingOf(definition, key)] as const)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, shorten(value)]),
  )

/** Its own: a key that clients keep may be named as what every object has, `constructor` for one. */
const settingOf = (definition: DatasetDefinition, key: string): unknown =>
  Object.hasOwn(definition, key) ? definition[key] : undefined

function shorten(value: unknown): unknown {
  const { length } = JSON.stringify(value)
  return length <= MOST_CHARS ? value : `${length} characters of JSON`
}
