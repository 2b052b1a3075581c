import { expect } from '@playwright/test'
import { type Credential, cookieOf, succeed } from '../http'

export interface Person {
  id: string
  login: string
  password: string
  as: Credential
}

/** Makes things through the API, as `as` does. Every call makes a new one. */
export function createTargets(origin: string, as: Credential) {
  let made = 0
  const next = () => `${Date.now().toString(36)}${++made}`
  const post = async (path: string, body: unknown, who = as) =>
    (await succeed(origin, { method: 'POST', path, body, as: who })).json()
  const get = async (path: string, who = as) =>
    (await succeed(origin, { method: 'GET', path, as: who })).json()

  return {
    next,
    post,
    get,

    async person(login = `p${next()}`, groupIds: string[] = []): Promise<Person> {
      const password = `correct-horse-${next()}`
      const { link } = await post('/api/invites', { email: `${login}@example.com`, groupIds })
      const token = String(link).split('/').at(-1)
      const accepted = await succeed(origin, {
        method: 'POST',
        path: '/api/invites/accept',
        body: { token, login, name: `Person ${login}`, password },
      })
      const cookie = cookieOf(accepted)
      const { user } = (await get('/api/session', cookie)) as { user: { id: string } }
      return { id: user.id, login, password, as: cookie }
    },

    groupId: async () => String((await post('/api/groups', { name: `g${next()}` })).id),

    async invite() {
      const { id, link } = await post('/api/invites', { email: `i${next()}@example.com`, groupIds: [] })
      return { id: String(id), token: String(link).split('/').at(-1) ?? '' }
    },

    async resetToken(userId: string) {
      const { link } = await post(`/api/users/${userId}/reset-link`, {})
      return String(link).split('/').at(-1) ?? ''
    },

    personalKey: async (who: Credential) => {
      const { id, secret } = await post('/api/keys', { label: `k${next()}` }, who)
      return { id: String(id), secret: String(secret) }
    },

    async node(type = 'automation') {
      const { node, token } = await post('/api/nodes', { name: `n${next()}`, type })
      return { id: (node as { id: string }).id, token: String(token) }
    },

    /** The id of a project where the group may write. */
    async project(groupId: string, key = `P${next().toUpperCase()}`) {
      await post('/api/projects', { key, name: key })
      const { version } = await get(`/api/projects/${key}`)
      const members = [{ principal: 'group', id: groupId, level: 'write' }]
      await succeed(origin, {
        method: 'PUT',
        path: `/api/projects/${key}/members`,
        body: { version, members },
        as,
      })
      return key
    },

    async extensionActive(key: string) {
      const state = async () => String((await get(`/api/extensions/${key}`)).state)
      const until = (wanted: RegExp) =>
        expect.poll(state, { timeout: 30_000, intervals: [50, 100, 200] }).toMatch(wanted)
      await until(/^(?:available|active|inactive|failed)$/)
      await post(`/api/extensions/${key}/activate`, {})
      await until(/^active$/)
      return key
    },
  }
}

export type Targets = ReturnType<typeof createTargets>
