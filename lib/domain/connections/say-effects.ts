import { formatQuantity } from '../format'
import type { Counted, PermissionEffects, ProjectEffect } from './effects'
import type { StateChange } from './permissions'

/** One line of "What changes": gains before losses, people first, then datasets, then keys. */
export interface EffectLine {
  id: string
  sign: 'gain' | 'loss' | 'same'
  /** Set in bold before the text: `"14 people"`. */
  lead: string
  text: string
  /** Shown on expand. */
  names: string[]
  more: number
}

/** A number of people: `"1 person"`, `"12 people"`. */
export const sayPeople = (count: number): string => formatQuantity(count, 'person', 'people')

/** Puts the counted effects of a draft into lines. */
export function sayEffects(effects: PermissionEffects, changes: readonly StateChange[]): EffectLine[] {
  if (changes.length === 0) return []
  // When the switch itself changes, who newly reads need not be among who newly uses.
  const sameRule = !changes.some((change) => change.kind === 'read-required')
  return [
    ...people('gain-use', 'gain', effects.gainUse, 'may create datasets here and browse it'),
    ...effects.gainReading.map((effect) => reading('gain', effect, sameRule && effects.gainUse.count > 0)),
    ...people('gain-details', 'gain', effects.gainDetails, 'may read bucket, endpoint, region and role'),
    ...keys('gain-keys', 'gain', effects.keysGain, 'may use it too'),
    ...people('lose-use', 'loss', effects.loseUse, 'can no longer create datasets here or browse it'),
    ...effects.loseReading.map((effect) => reading('loss', effect, sameRule && effects.loseUse.count > 0)),
    ...people('lose-details', 'loss', effects.loseDetails, 'can no longer read its details'),
    ...keys('stop-keys', 'loss', effects.keysStop, 'can no longer use it'),
    ...effects.stillLocked.map(locked),
    ...settings(changes),
    ...(effects.keysStop.count === 0 ? [line('no-key', 'same', '', 'No key or job stops working')] : []),
  ]
}

/** The button that saves, named by its effect: `"Give 14 people access"`. */
export function nameSave(effects: PermissionEffects): string {
  const { gainUse, loseUse } = effects
  if (gainUse.count > 0 && loseUse.count > 0)
    return `Give ${sayPeople(gainUse.count)} access, take it from ${loseUse.count}`
  if (gainUse.count > 0) return `Give ${sayPeople(gainUse.count)} access`
  if (loseUse.count > 0) return `Take access from ${sayPeople(loseUse.count)}`
  return 'Save'
}

/** What was done, for the toast: `"14 people may now use"`, followed by the name. */
export function nameSaved(effects: PermissionEffects): string {
  const { gainUse, loseUse } = effects
  if (gainUse.count > 0 && loseUse.count === 0) return `${sayPeople(gainUse.count)} may now use`
  if (loseUse.count > 0 && gainUse.count === 0) return `${sayPeople(loseUse.count)} can no longer use`
  return 'Saved the permissions of'
}

function people(id: string, sign: EffectLine['sign'], who: Counted, text: string): EffectLine[] {
  return who.count === 0 ? [] : [{ ...line(id, sign, sayPeople(who.count), text), ...named(who) }]
}

function keys(id: string, sign: EffectLine['sign'], which: Counted, text: string): EffectLine[] {
  if (which.count === 0) return []
  return [{ ...line(id, sign, formatQuantity(which.count, 'key'), text), ...named(which) }]
}

function reading(sign: 'gain' | 'loss', effect: ProjectEffect, follows: boolean): EffectLine {
  const { people: who, datasets, projectKey } = effect
  const what =
    datasets.count === 1 ? (datasets.names[0] ?? '1 dataset') : formatQuantity(datasets.count, 'dataset')
  const verb = sign === 'gain' ? 'can newly read' : 'can no longer read'
  const lead = follows ? `${who.count} of them` : sayPeople(who.count)
  return {
    ...line(`${sign}-${projectKey}`, sign, lead, `${verb} ${what} through project ${projectKey}`),
    ...named(datasets),
  }
}

function locked(effect: PermissionEffects['stillLocked'][number]): EffectLine {
  const { people: who, members, datasets, projectKey } = effect
  const what = datasets.count === 1 ? (datasets.names[0] ?? 'it') : formatQuantity(datasets.count, 'dataset')
  const lead = `${who.count} of the ${formatQuantity(members, 'member')} of ${projectKey}`
  return {
    ...line(
      `locked-${projectKey}`,
      'same',
      lead,
      `will see ${what} but cannot open ${datasets.count === 1 ? 'it' : 'them'}`,
    ),
    ...named(who),
  }
}

function settings(changes: readonly StateChange[]): EffectLine[] {
  return changes.flatMap((change) => {
    if (change.kind === 'read-required')
      return [
        change.after
          ? line('required', 'loss', '', 'Reading datasets here also requires the right to use it')
          : line('required', 'gain', '', 'Anyone who can read the project reads its datasets, as in DSS'),
      ]
    if (change.kind === 'hidden')
      return [
        change.after
          ? line('hidden', 'loss', '', 'Who may not use it no longer sees its name')
          : line('hidden', 'gain', '', 'Everyone in this space sees its name, type and whom to ask'),
      ]
    if (change.kind === 'grant-expiry')
      return [line(`expiry-${change.entry.id}`, 'same', '', sayExpiry(change.entry.until))]
    return []
  })
}

const sayExpiry = (until: string | null) =>
  until === null
    ? 'One grant no longer ends'
    : `One grant now ends ${until.slice(0, 10)} at ${until.slice(11, 16)} UTC`

const line = (id: string, sign: EffectLine['sign'], lead: string, text: string): EffectLine => ({
  id,
  sign,
  lead,
  text,
  names: [],
  more: 0,
})

const named = ({ count, names }: Counted) => ({ names, more: count - names.length })
