import { expect } from '@playwright/test'
import { type Credential, send } from './http'
import type { Launchpad } from './launchpad'
import type { Targets } from './matrix/targets'

/** Who sends: as people and programs do, with a key as Bearer or as the user name of Basic. */
export interface Caller {
  name: string
  as: Credential
  headers: Record<string, string>
}

type Logins = ReturnType<Launchpad['demo']>

/** Everyone who may ask, from an administrator's key to nobody, all of them able to reach this project. */
export async function createCallers(
  make: Targets,
  session: Credential,
  { admin, analyst }: Logins,
  { designers, projectKey }: { designers: string; projectKey: string },
): Promise<Caller[]> {
  const ofGlobal = await make.post('/api/keys/global', { label: 'fuzz', groupIds: [designers] })
  const ofProject = await make.post(`/api/projects/${projectKey}/keys`, { label: 'fuzz', level: 'admin' })
  const basic = Buffer.from(`${admin.apiKey}:`).toString('base64')
  const by = (name: string, as: Credential, headers: Record<string, string> = {}) => ({ name, as, headers })
  return [
    by('the key of an administrator', { token: admin.apiKey }),
    by('the key of an administrator by Basic', {}, { authorization: `Basic ${basic}` }),
    by('the key of a person', { token: analyst.apiKey }),
    by('a global key', { token: String(ofGlobal.secret) }),
    by('the key of a project', { token: String(ofProject.secret) }),
    by('a session', session),
    by('nobody', {}),
  ]
}

/** Fails for callers who were shut out meanwhile: all that they sent since tells nothing. */
export async function expectStillLetIn(origin: string, callers: Caller[]): Promise<void> {
  for (const { name, as, headers } of callers) {
    const path = as.cookie ? '/api/session' : '/dip/publicapi/auth/info'
    const { status } = await send(origin, { method: 'GET', path, as, headers })
    expect(status, name).toBe(name === 'nobody' ? 401 : 200)
  }
}
