import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type FieldTags, lostFields, type TaggedFields, tagsRead } from '#lib/domain/field-tags'
import type { OwnSaves } from './own-saves'
import { tagFields } from './tag-fields'

interface Saving {
  /** The fields as they stand. */
  current: Record<string, unknown>
  /** As they would stand afterwards; what is left out of a save is as it stands. */
  sent: Record<string, unknown>
  /** How they were marked when the sender read them. */
  read: FieldTags
  own?: OwnSaves | undefined
  /** Fields that give rights: nobody's older text brings them back, not even that of who changed them last. */
  rights?: readonly string[]
}

/** The fields that a save would undo of what was saved since its reading. */
export function lostIn({ current, sent, read, own, rights = [] }: Saving): string[] {
  const sentTags = tagFields(sent)
  const isOwn = own?.knownTo(sentTags) ?? (() => false)
  return lostFields({ now: tagFields(current), sent: sentTags, read, isOwn, rights })
}

/**
 * Refuses to undo what others saved of a thing since it was read.
 * @param what `"the metadata of DEMO"`
 * @throws Failure `conflict` naming the fields
 */
export function requireNothingLost(what: string, saving: Saving): void {
  const lost = lostIn(saving)
  if (lost.length === 0) return
  throw new Failure('conflict', `A change to ${what} was saved since you read this.`, {
    reason: 'changed-meanwhile',
    where: lost.join(', '),
    remedy: 'Read or open it again, and make your change there.',
  })
}

interface TaggedSaving extends Omit<Saving, 'read' | 'own'> {
  id: string
  /** As the sender brings it; without one the last save wins. */
  tag: TaggedFields | null | undefined
  own: OwnSaves
}

/** As `requireNothingLost`, of what comes with the tag of a reading; the save is remembered as one of that reading. */
export function keepWhatOthersSaved(what: string, { id, tag, own, ...fields }: TaggedSaving): void {
  const read = tagsRead(tag, id)
  if (read) requireNothingLost(what, { ...fields, read, own })
  own.note(tagFields(fields.current), tagFields(fields.sent))
}
