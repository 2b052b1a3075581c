import { signInByHttp } from '../http'
import { anyone, type Cells, everyone, type Row } from './row'

const nodesAlone: Cells = {
  ...everyone(401),
  node: 200,
}

/** A link or a password decides, or nothing has to. */
export const PUBLIC_ROWS: Record<string, Row> = {
  'GET /api/health': { cells: anyone(200), ask: () => ({}) },
  'GET /api/openapi.json': { cells: anyone(200), ask: () => ({}) },
  'POST /api/setup': {
    cells: anyone(403),
    allowedIn: 'first-run.spec.ts',
    ask: () => ({
      body: {
        token: 'lp_setup_used',
        space: 'Second',
        name: 'Eve',
        login: 'eve',
        email: 'eve@example.com',
        password: 'correct-horse-battery',
      },
    }),
  },
  'POST /api/session': {
    cells: anyone(200),
    ask: ({ people }) => ({ body: people.guest }),
    refused: [
      {
        why: 'wrong password',
        status: 401,
        told: 'guest',
        ask: () => ({ body: { login: 'gus', password: 'not this one' } }),
      },
      {
        why: 'disabled',
        status: 401,
        ask: ({ people }) => ({ body: { login: 'dora', password: people.guest?.password } }),
      },
    ],
  },
  'DELETE /api/session': {
    cells: anyone(204),
    ask: () => ({}),
    as: async ({ origin, people, credentials }, principal) => {
      const person = people[principal]
      return person ? signInByHttp(origin, person) : credentials[principal]
    },
  },
  'POST /api/invites/accept': {
    cells: anyone(201),
    ask: async ({ make }) => ({
      body: {
        token: (await make.invite()).token,
        login: `p${make.next()}`,
        name: 'Pia',
        password: 'correct-horse-battery',
      },
    }),
    refused: [
      {
        why: 'unknown link',
        status: 404,
        ask: ({ make }) => ({
          body: {
            token: 'lp_invite_unknown',
            login: `p${make.next()}`,
            name: 'Pia',
            password: 'correct-horse-battery',
          },
        }),
      },
    ],
  },
  'POST /api/resets': {
    cells: anyone(204),
    ask: async ({ make, forgetful }) => ({
      body: { token: await make.resetToken(forgetful.id), password: 'correct-horse-battery' },
    }),
    refused: [
      {
        why: 'unknown link',
        status: 404,
        ask: () => ({ body: { token: 'lp_reset_unknown', password: 'correct-horse-battery' } }),
      },
    ],
  },
  'POST /api/event-server/events': {
    cells: nodesAlone,
    ask: ({ make }) => ({
      body: JSON.stringify({
        topic: 'generic',
        message: { msgType: 'dataset-save', eventId: make.next() },
      }),
    }),
  },
}
