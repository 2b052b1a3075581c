import 'server-only'
import type { TaggedFields } from '#lib/domain/field-tags'
import { newId } from './ids'
import { tagFields } from './tag-fields'

interface Thing {
  id: string
  spaceId: string
}

/** Tells which thing is given out and how its fields stand, for finding out later what others changed since. */
export const markThing = (
  { id, spaceId }: Thing,
  fields: Readonly<Record<string, unknown>>,
): TaggedFields => ({
  of: id,
  space: spaceId,
  fieldTags: tagFields(fields),
})

/** As `markThing`, of a thing that is given out by itself: such an answer is a reading of its own. */
export const markReading = (thing: Thing, fields: Readonly<Record<string, unknown>>): TaggedFields => ({
  ...markThing(thing, fields),
  reading: newId(),
})
