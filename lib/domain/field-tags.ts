import * as z from 'zod'

/** Marks of the fields of a thing as they were read: `{ tags: "Zk3v…", label: "9aQx…" }`. Clients send them back as they came. */
export type FieldTags = Readonly<Record<string, string>>

const fieldTags = z.record(z.string(), z.string().max(100))

/** What was read, with the marks of what it held then. */
export const taggedFields = z.looseObject({
  /** Which thing it was: settings are copied from one to another, which is no conflict. */
  of: z.string().max(200).nullish(),
  /** Which reading it was; each answer has another, whoever asked and whatever it tells. */
  reading: z.string().max(100).nullish(),
  fieldTags: fieldTags.nullish(),
})
export type TaggedFields = z.infer<typeof taggedFields>

/** Whether a text was read of another thing than the one it is saved to. */
export const isOfAnother = (tag: TaggedFields | null | undefined, id: string): boolean =>
  typeof tag?.of === 'string' && tag.of !== id

/** The marks that a sender had read of this thing; null where they had none. */
export const tagsRead = (tag: TaggedFields | null | undefined, id: string): FieldTags | null =>
  isOfAnother(tag, id) ? null : (tag?.fieldTags ?? null)

/** One answer that told what a thing holds, with the marks of it. */
export interface Reading {
  id: string
  tags: FieldTags
}

/** The reading that a sender begins from; null where what they send tells none, as what comes out of a list. */
export const readingOf = (tag: TaggedFields | null | undefined): Reading | null =>
  tag?.reading && tag.fieldTags ? { id: tag.reading, tags: tag.fieldTags } : null

interface Saving {
  /** What stands now, and its marks. */
  current: Readonly<Record<string, unknown>>
  now: FieldTags
  /** What is sent, and its marks. */
  sent: Readonly<Record<string, unknown>>
  sentTags: FieldTags
  /** The marks of what the sender had read. */
  read: FieldTags
  /** Whether a field stands as the sender saved it last, having read the same. */
  isOwn?: (field: string, mark: string | undefined) => boolean
  /** Fields that give rights: one that was changed since comes as it stands, or not at all. */
  rights?: readonly string[]
}

/**
 * The fields that were changed since the sender read them and whose change would be undone: they come back as they were read,
 * or do not hold what stands. Who saves twice what they read once undoes nothing: the second text holds what the first saved.
 */
export function lostFields({ current, now, sent, sentTags, read, isOwn, rights }: Saving): string[] {
  const fields = new Set([...Object.keys(now), ...Object.keys(read)])
  return [...fields].filter((field) => {
    if (now[field] === read[field] || now[field] === sentTags[field]) return false
    if (rights?.includes(field)) return true
    if (isOwn?.(field, now[field])) return false
    return sentTags[field] === read[field] || !holds(sent[field], current[field])
  })
}

/** Whether a value has everything that another has: the same text or number, all its keys, all items of a list. */
export function holds(value: unknown, part: unknown): boolean {
  if (Array.isArray(part))
    return Array.isArray(value) && part.every((item) => value.some((one) => isSame(one, item)))
  if (!isObject(part)) return Object.is(value ?? null, part ?? null)
  return isObject(value) && Object.entries(part).every(([key, inner]) => holds(value[key], inner))
}

const isSame = (a: unknown, b: unknown): boolean => holds(a, b) && holds(b, a)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
