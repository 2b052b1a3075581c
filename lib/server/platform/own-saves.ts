import 'server-only'
import { createHash } from 'node:crypto'
import type { FieldTags, Reading } from '#lib/domain/field-tags'
import { now } from './clock'

/** Readings whose saves are remembered; the one used longest ago is forgotten first, and then meets a conflict. */
const MOST_READINGS = 1_000
const REMEMBERED_MS = 24 * 3_600_000
/** A save of more fields, or of one with a longer name, is not remembered. */
const MOST_FIELDS = 200
const LONGEST_FIELD = 200
/** Between two readings of clocks that tell whole milliseconds. */
const CLOCKS_DIFFER_MS = 1

/** Who saves, and since when. */
interface Act {
  caller: object
  startedAt: Date
}

export interface OwnSaves {
  /**
   * Tells fields that stand as the sender of these marks left them. Whoever makes another change and sends all that was saved
   * before as it was first read shows that they know nothing of it: the reading was handed on, and they are another writer.
   */
  knownTo(sent: FieldTags): (field: string, mark: string | undefined) => boolean
  /** Tells which marks stood before a save and which stand after it. */
  note(before: FieldTags, after: FieldTags): void
}

const NONE: OwnSaves = { knownTo: () => () => false, note: () => undefined }

type Marks = Map<string, string | undefined>

/** What its reader made of a reading. */
interface Remembered {
  saved: Marks
  underWay: number
  /** In milliseconds of this process, whose clock is never set. */
  endedAtMs: number
  isContested: boolean
}

/** By reader and reading; of this process alone, since only it knows which saves followed upon each other's answers. */
const readings = new Map<string, Remembered>()

/**
 * Runs a save that may change what the same key or person saved from the same reading before: clients ignore the answer to a
 * save, and send their first reading with further changes. Saves that overlap come from several writers, who get none of this,
 * and nor do those who read for themselves, since every answer is a reading of its own. Nothing is kept of a save that fails.
 * @param thing `"dataset 0198…"`
 * @param read null when the text tells no reading
 */
export async function withOwnSaves<T>(
  act: Act,
  thing: string,
  read: Reading | null,
  save: (own: OwnSaves) => Promise<T>,
): Promise<T> {
  if (read === null) return save(NONE)
  const name = nameReading(act, thing, read)
  const remembered = recall(name)
  if (remembered.underWay > 0 || remembered.endedAtMs > beganAtMs(act) + CLOCKS_DIFFER_MS)
    remembered.isContested = true
  remembered.underWay++
  const changed: Marks = new Map()
  try {
    const answer = await save({
      knownTo: (sent) => {
        const isKnown = !remembered.isContested && showsOwnSaves(remembered.saved, read.tags, sent)
        return (field, mark) =>
          isKnown &&
          !remembered.isContested &&
          remembered.saved.has(field) &&
          remembered.saved.get(field) === mark
      },
      note: (before, after) => {
        for (const field of Object.keys({ ...before, ...after }))
          if (before[field] !== after[field]) changed.set(field, after[field])
      },
    })
    if (isSmall(changed)) for (const [field, mark] of changed) remembered.saved.set(field, mark)
    return answer
  } finally {
    remembered.underWay--
    remembered.endedAtMs = performance.now()
    if (remembered.underWay === 0 && remembered.saved.size === 0) readings.delete(name)
  }
}

/** Whether a text holds something that was saved before, changes all of it anew, or takes all of it back and nothing else. */
function showsOwnSaves(saved: Marks, read: FieldTags, sent: FieldTags): boolean {
  if (Object.keys({ ...read, ...sent }).every((field) => sent[field] === read[field])) return true
  const differing = [...saved].filter(([field, mark]) => mark !== read[field])
  return (
    differing.some(([field, mark]) => sent[field] === mark) ||
    differing.every(([field]) => sent[field] !== read[field])
  )
}

const isSmall = (changed: Marks) =>
  changed.size <= MOST_FIELDS && [...changed.keys()].every((field) => field.length <= LONGEST_FIELD)

/** A digest: what clients send as marks is as long as they like, and they may well change those. */
const nameReading = ({ caller }: Act, thing: string, { id, tags }: Reading) =>
  createHash('sha256')
    .update(JSON.stringify([thing, caller, id, Object.entries(tags).sort()]))
    .digest('base64url')

const beganAtMs = ({ startedAt }: Act) => performance.now() - (now().getTime() - startedAt.getTime())

/** What is remembered of a reading, as the last one used; forgets what is too old and what is too much. */
function recall(name: string): Remembered {
  const oldestMs = performance.now() - REMEMBERED_MS
  for (const [other, { underWay, endedAtMs }] of readings) {
    if (underWay > 0) continue
    if (readings.size <= MOST_READINGS && endedAtMs >= oldestMs) break
    readings.delete(other)
  }
  const remembered = readings.get(name) ?? {
    saved: new Map(),
    underWay: 0,
    endedAtMs: -Infinity,
    isContested: false,
  }
  readings.delete(name)
  readings.set(name, remembered)
  return remembered
}
