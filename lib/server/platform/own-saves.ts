import 'server-only'
import type { FieldTags } from '#lib/domain/field-tags'
import { now } from './clock'

/** Texts whose saves are remembered; the one used longest ago is forgotten first, and then meets a conflict. */
const MOST_TEXTS = 1_000

/** Who saves, from where, and since when. */
interface Act {
  caller: object
  originAddress: string
  startedAt: Date
}

/** Fields that stand as their saver left them. */
export interface OwnSaves {
  holds(field: string, mark: string | undefined): boolean
  /** Tells which marks stood before a save and which stand after it. */
  note(before: FieldTags, after: FieldTags): void
}

const NONE: OwnSaves = { holds: () => false, note: () => undefined }

/** A reading, and what its reader made of it. */
interface Text {
  marks: Map<string, string | undefined>
  underWay: number
  endedAt: number
  isContested: boolean
}

/** By reader and reading; of this process alone, since only it knows which saves followed upon each other's answers. */
const texts = new Map<string, Text>()

/**
 * Runs a save that may change what the same key or person saved of the same text before: clients ignore the answer to a save,
 * and send their first reading with further changes. Saves that overlap come from several writers, who get none of this.
 * @param thing `"dataset 0198…"`
 * @param read the marks that the text was read with; null when it carries none
 */
export async function withOwnSaves<T>(
  { caller, originAddress, startedAt }: Act,
  thing: string,
  read: FieldTags | null,
  save: (own: OwnSaves) => Promise<T>,
): Promise<T> {
  if (read === null) return save(NONE)
  const text = textOf(JSON.stringify([thing, caller, originAddress, Object.entries(read).sort()]))
  if (text.underWay > 0 || text.endedAt > startedAt.getTime()) text.isContested = true
  text.underWay++
  const changed = new Map<string, string | undefined>()
  try {
    const saved = await save({
      holds: (field, mark) => !text.isContested && text.marks.has(field) && text.marks.get(field) === mark,
      note: (before, after) => {
        for (const field of Object.keys({ ...before, ...after }))
          if (before[field] !== after[field]) changed.set(field, after[field])
      },
    })
    for (const [field, mark] of changed) text.marks.set(field, mark)
    return saved
  } finally {
    text.underWay--
    text.endedAt = now().getTime()
  }
}

function textOf(name: string): Text {
  const text = texts.get(name) ?? { marks: new Map(), underWay: 0, endedAt: 0, isContested: false }
  texts.delete(name)
  texts.set(name, text)
  for (const [oldest, { underWay }] of texts) {
    if (texts.size <= MOST_TEXTS) break
    if (underWay === 0) texts.delete(oldest)
  }
  return text
}
