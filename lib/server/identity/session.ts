import 'server-only'
import { Failure } from '#lib/domain/errors'
import { landingPage } from '#lib/domain/identity/landing'
import { hrefOf, pagesFor } from '#lib/domain/identity/pages'
import type { Session } from '#lib/domain/identity/wire'
import { readAs } from '../access/act'
import { authenticatePage } from '../access/authenticate'
import type { Context } from '../access/caller'
import { spaceKind } from '../spaces/space-kind'
import { findTheSpace } from '../spaces/the-space'
import type { Visit } from './visit'

/** Who the caller is, in which space, and which pages are theirs. */
export function getSession(ctx: Context): Promise<Session> {
  return readAs(ctx, spaceKind, 'enter', null, async ({ tx, row, subject }) => {
    const user =
      subject.userId === null
        ? null
        : await tx.user.findUnique({
            where: { spaceId_id: { spaceId: row.id, id: subject.userId } },
            select: { id: true, login: true, name: true, email: true },
          })
    return {
      kind: subject.kind === 'key' ? 'key' : 'user',
      name: subject.name,
      user,
      groups: [...subject.groupNames].sort(),
      space: { id: row.id, name: row.name },
      pages: pagesFor(subject),
      home: hrefOf(landingPage(subject)),
    }
  })
}

/** What a page knows of who opens it. */
export type PageVisitor =
  | { state: 'not-set-up' }
  | { state: 'signed-out'; space: string }
  | { state: 'signed-in'; session: Session }

/** Finds out who opens a page, by the cookie. A session whose account has ended counts as none. */
export async function getPageVisitor(visit: Visit): Promise<PageVisitor> {
  const space = await findTheSpace()
  if (!space) return { state: 'not-set-up' }
  const caller = await authenticatePage(visit)
  if (!caller) return { state: 'signed-out', space: space.name }
  const { headers: _, ...rest } = visit
  try {
    return { state: 'signed-in', session: await getSession({ ...rest, caller }) }
  } catch (error) {
    if (error instanceof Failure && error.kind === 'unauthenticated')
      return { state: 'signed-out', space: space.name }
    throw error
  }
}
