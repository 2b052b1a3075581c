import 'server-only'
import { Failure } from '#lib/domain/errors'
import { isOfAnother, type TaggedFields } from '#lib/domain/field-tags'

interface Thing {
  id: string
  spaceId: string
  name: string
}

/**
 * Refuses to save what was read of a thing that is gone over the one that has its name now. What was read of another that is
 * there is a copy, and so is what another space gave out.
 * @throws Failure `conflict`
 */
export async function refuseTextOfGone(
  tag: TaggedFields | null | undefined,
  { id, spaceId, name }: Thing,
  isThere: (id: string) => Promise<boolean>,
): Promise<void> {
  if (!tag?.of || tag.space !== spaceId || !isOfAnother(tag, id) || (await isThere(tag.of))) return
  throw new Failure('conflict', `What you read as ${name} was deleted since, and another has its name.`, {
    reason: 'changed-meanwhile',
    remedy: 'Read it again and make your change there.',
  })
}
