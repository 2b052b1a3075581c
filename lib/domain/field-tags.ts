import * as z from 'zod'

/** Marks of the fields of a thing as they were read: `{ tags: "Zk3v…", label: "9aQx…" }`. Clients send them back as they came. */
export type FieldTags = Readonly<Record<string, string>>

export const fieldTags = z.record(z.string(), z.string().max(100))

/** What was read, with the marks of what it held then. */
export const taggedFields = z.looseObject({
  /** Which thing it was: settings are copied from one to another, which is no conflict. */
  of: z.string().max(200).nullish(),
  /** The space that it is in. */
  space: z.string().max(200).nullish(),
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
  /** The marks of what stands now. */
  now: FieldTags
  /** Of what is sent. */
  sent: FieldTags
  /** Of what the sender had read. */
  read: FieldTags
  /** Whether a field stands as the sender saved it last, having read the same. */
  isOwn?: (field: string, mark: string | undefined) => boolean
  /** Fields that give rights: one that was changed since comes as it stands, whoever changed it. */
  rights?: readonly string[]
}

/**
 * The fields that others changed since the sender read them, and that do not come as they stand now: what was added there would be
 * lost, or what was taken away come back.
 */
export function lostFields({ now, sent, read, isOwn, rights }: Saving): string[] {
  const fields = new Set([...Object.keys(now), ...Object.keys(read)])
  return [...fields].filter((field) => {
    if (now[field] === read[field] || now[field] === sent[field]) return false
    return rights?.includes(field) || !isOwn?.(field, now[field])
  })
}
