import type { Credential } from '../http'
import type { Principal, Scene } from './scene'

/** The exact status that each principal is answered. */
export type Cells = Record<Principal, number>

export interface Ask {
  params?: Record<string, string>
  query?: Record<string, string>
  body?: unknown
}

export interface Row {
  cells: Cells
  /** What is sent; what it is about is made anew at each call. */
  ask: (scene: Scene, principal: Principal) => Ask | Promise<Ask>
  /** Refusals that do not come from who asks but from what is sent. */
  refused?: {
    why: string
    status: number
    /** Who is told to have been refused. */
    told?: Principal
    ask: (scene: Scene) => Ask | Promise<Ask>
  }[]
  /** Who is refused for what the thing is, not for who they are: no denial is told. */
  untold?: Principal[]
  /** Signs in for this alone, where the act ends the session. */
  as?: (scene: Scene, principal: Principal) => Promise<Credential>
  /** Which spec lets somebody in, where this one cannot. */
  allowedIn?: string
}

const noCaller = (status: number) => ({
  node: status,
  disabled: status,
  disabledKey: status,
  expiredKey: status,
  revokedKey: status,
  revokedProjectKey: status,
  nobody: status,
})

/** An administrator of another space does the same at home; what has an id of this space is not there for them. */
export type Elsewhere = { stranger: number }
const ABSENT: Elsewhere = { stranger: 404 }

export const everyone = (ok: number, elsewhere: Elsewhere = { stranger: ok }): Cells => ({
  admin: ok,
  designer: ok,
  auditor: ok,
  guest: ok,
  personalKey: ok,
  globalKey: ok,
  adminKey: ok,
  projectKey: ok,
  projectAdminKey: ok,
  ...noCaller(401),
  ...elsewhere,
})

export const administrators = (ok: number, elsewhere: Elsewhere = ABSENT): Cells => ({
  ...everyone(403),
  admin: ok,
  adminKey: ok,
  ...elsewhere,
})

export const administratorsAndAuditors = (ok: number, elsewhere: Elsewhere = ABSENT): Cells => ({
  ...administrators(ok, elsewhere),
  auditor: ok,
})

/** In the group designers; the administrators of the scene are not. */
export const designers = (ok: number, elsewhere: Elsewhere = ABSENT): Cells => ({
  ...everyone(403),
  designer: ok,
  personalKey: ok,
  globalKey: ok,
  ...elsewhere,
})

/** Who may write in a project where designers may; to others it is not there, and neither to keys of another project. */
export const writersOfAnother = (ok: number): Cells => ({
  ...everyone(404, ABSENT),
  admin: ok,
  adminKey: ok,
  designer: ok,
  personalKey: ok,
  globalKey: ok,
})

/** Who may write in the project of the scene, its own keys among them. */
export const projectWriters = (ok: number): Cells => ({
  ...writersOfAnother(ok),
  projectKey: ok,
  projectAdminKey: ok,
})

export const administratorsOfAnother = (ok: number): Cells => ({
  ...writersOfAnother(403),
  admin: ok,
  adminKey: ok,
})

export const projectAdministrators = (ok: number): Cells => ({
  ...projectWriters(403),
  admin: ok,
  adminKey: ok,
  projectAdminKey: ok,
})

/** Keys that speak for a project have no part in what concerns the space. */
export const notOfProjects = { projectKey: 403, projectAdminKey: 403 }

/** The person that the thing belongs to, and their key; to others it is not there. */
export const ownerAlone = (ok: number): Cells => ({
  ...everyone(404, ABSENT),
  designer: ok,
  personalKey: ok,
})

export const ownerAndAdministrators = (ok: number): Cells => ({
  ...ownerAlone(ok),
  admin: ok,
  adminKey: ok,
})

/** Where cookies are ignored: who has only a session is nobody. */
export const byKeyAlone = (cells: Cells): Cells => ({
  ...cells,
  admin: 401,
  designer: 401,
  auditor: 401,
  guest: 401,
})

/** Nobody needs to be signed in. */
export const anyone = (ok: number): Cells => ({ ...everyone(ok), ...noCaller(ok) })
