import 'server-only'
import { Failure } from '#lib/domain/errors'
import { type FieldTags, lostFields } from '#lib/domain/field-tags'
import type { OwnSaves } from '../platform/own-saves'
import { tagFields } from '../platform/tag-fields'

interface Saving {
  current: Record<string, unknown>
  sent: Record<string, unknown>
  read: FieldTags
  own?: OwnSaves
  rights?: readonly string[]
}

/** Refuses to undo what others saved of a project since it was read. @throws Failure `conflict` naming the fields */
export function requireNothingLost(
  projectKey: string,
  what: string,
  { current, sent, read, own, rights = [] }: Saving,
): void {
  const now = tagFields(pick(current, sent))
  const sentTags = tagFields(sent)
  const isOwn = own?.knownTo(sentTags) ?? (() => false)
  const lost = lostFields({ now, sent: sentTags, read, isOwn, rights })
  if (lost.length === 0) return
  throw new Failure('conflict', `The ${what} of ${projectKey} were changed since you read them.`, {
    reason: 'changed-meanwhile',
    where: lost.join(', '),
    remedy: 'Read them again and make your change there.',
  })
}

/** Of what stands, the fields that a save writes. */
const pick = (current: Record<string, unknown>, sent: Record<string, unknown>) =>
  Object.fromEntries(Object.keys({ ...sent }).map((field) => [field, current[field]]))
