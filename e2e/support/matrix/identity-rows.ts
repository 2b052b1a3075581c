import {
  administrators,
  administratorsAndAuditors,
  everyone,
  notOfProjects,
  ownerAndAdministrators,
  type Row,
} from './row'
import type { Principal, Scene } from './scene'

const HERE = { stranger: 200 }
const MADE = { stranger: 201 }

const ownPassword = ({ people }: Scene, principal: Principal) => people[principal]?.password ?? 'none at all'

/** People, groups, keys and the space itself. */
export const IDENTITY_ROWS: Record<string, Row> = {
  'GET /api/session': { cells: everyone(200), ask: () => ({}) },
  'POST /api/session/password': {
    cells: {
      ...everyone(204),
      ...notOfProjects,
      personalKey: 403,
      globalKey: 403,
      adminKey: 403,
      stranger: 403,
    },
    ask: (scene, principal) => {
      const current = ownPassword(scene, principal)
      return { body: { current, next: current.padEnd(12, '!') } }
    },
  },
  'GET /api/space': { cells: administrators(200, HERE), ask: () => ({}) },
  'PATCH /api/space': {
    cells: administrators(204, { stranger: 204 }),
    ask: ({ make }, principal) => ({
      body: { name: principal === 'stranger' ? 'Elsewhere' : `Aurora ${make.next()}` },
    }),
  },

  'GET /api/users': { cells: administratorsAndAuditors(200, HERE), ask: () => ({}) },
  'GET /api/users/directory': { cells: everyone(200), ask: () => ({}) },
  'GET /api/users/{userId}': {
    cells: administratorsAndAuditors(200),
    ask: ({ designerId }) => ({ params: { userId: designerId } }),
  },
  'PATCH /api/users/{userId}': {
    cells: administrators(204),
    ask: ({ designerId, make }) => ({ params: { userId: designerId }, body: { name: `Jon ${make.next()}` } }),
  },
  'POST /api/users/{userId}/disable': {
    cells: administrators(204),
    ask: async ({ make }) => ({ params: { userId: (await make.person()).id }, body: { reason: 'left' } }),
  },
  'POST /api/users/{userId}/enable': {
    cells: administrators(204),
    ask: async ({ make }) => ({ params: { userId: (await make.person()).id }, body: {} }),
  },
  'POST /api/users/{userId}/reset-link': {
    cells: administrators(201),
    ask: async ({ make }) => ({ params: { userId: (await make.person()).id }, body: {} }),
  },

  'GET /api/invites': { cells: administratorsAndAuditors(200, HERE), ask: () => ({}) },
  'POST /api/invites': {
    cells: administrators(201, MADE),
    ask: ({ make }) => ({ body: { email: `new${make.next()}@example.com`, groupIds: [] } }),
  },
  'DELETE /api/invites/{inviteId}': {
    cells: administrators(204),
    ask: async ({ make }) => ({ params: { inviteId: (await make.invite()).id } }),
  },

  'GET /api/groups': { cells: administratorsAndAuditors(200, HERE), ask: () => ({}) },
  'POST /api/groups': {
    cells: administrators(201, MADE),
    ask: ({ make }) => ({ body: { name: `g${make.next()}` } }),
  },
  'GET /api/groups/{groupId}': {
    cells: administratorsAndAuditors(200),
    ask: ({ designers }) => ({ params: { groupId: designers } }),
  },
  'PATCH /api/groups/{groupId}': {
    cells: administrators(204),
    ask: ({ designers, make }) => ({
      params: { groupId: designers },
      body: { description: `Make datasets ${make.next()}` },
    }),
  },
  'DELETE /api/groups/{groupId}': {
    cells: administrators(204),
    ask: async ({ make }) => ({ params: { groupId: await make.groupId() }, body: {} }),
  },
  'POST /api/groups/{groupId}/members': {
    cells: administrators(204),
    ask: async ({ make, designerId }) => ({
      params: { groupId: await make.groupId() },
      body: { userIds: [designerId] },
    }),
  },
  'DELETE /api/groups/{groupId}/members/{userId}': {
    cells: administrators(204),
    ask: async ({ make, designerId }) => {
      const groupId = await make.groupId()
      await make.post(`/api/groups/${groupId}/members`, { userIds: [designerId] })
      return { params: { groupId, userId: designerId }, body: {} }
    },
  },

  'GET /api/keys': { cells: everyone(200), ask: () => ({}) },
  'POST /api/keys': {
    cells: { ...everyone(201), ...notOfProjects, globalKey: 403, adminKey: 403 },
    ask: ({ make }) => ({ body: { label: `k${make.next()}` } }),
  },
  'DELETE /api/keys/{keyId}': {
    cells: ownerAndAdministrators(204),
    ask: async ({ make, credentials }) => ({
      params: { keyId: (await make.personalKey(credentials.designer)).id },
    }),
  },
  'PATCH /api/keys/{keyId}': {
    // To whom does not see global keys, this one is not there.
    cells: { ...everyone(404, { stranger: 404 }), admin: 204, adminKey: 204, auditor: 403 },
    ask: async ({ make }) => ({
      params: { keyId: String((await make.post('/api/keys/global', { label: `k${make.next()}` })).id) },
      body: { label: 'renamed' },
    }),
  },
  'GET /api/keys/personal': { cells: administratorsAndAuditors(200, HERE), ask: () => ({}) },
  'GET /api/keys/global': { cells: administratorsAndAuditors(200, HERE), ask: () => ({}) },
  'POST /api/keys/global': {
    cells: administrators(201, MADE),
    ask: ({ make }) => ({ body: { label: `k${make.next()}` } }),
  },
}
