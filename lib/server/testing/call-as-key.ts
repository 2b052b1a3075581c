import 'server-only'
import type { Context } from '../access/caller'
import type { Handler } from '../http/declare'
import { createGlobalKey } from '../identity/keys'
import { send } from './send-request'

type Body = Record<string, unknown>
type Params = Record<string, string>

/** Calls handlers as a script does that has one key. */
export interface KeyedCaller {
  ask: (
    handler: Handler,
    method: string,
    params: Params,
    body?: unknown,
  ) => Promise<{ status: number; text: string }>
  /** Posts, and gives what was made. @throws Error with the answer when it was refused */
  make: (handler: Handler, params: Params, body: Body) => Promise<Body>
}

/** Makes a global key that administers, and gives what calls with it. */
export async function callAsKey(admin: Context, label: string): Promise<KeyedCaller> {
  const fields = { label, description: '', expiresAt: null, groupIds: [], admin: true }
  const authorization = `Bearer ${(await createGlobalKey(admin, fields)).secret}`
  const ask: KeyedCaller['ask'] = async (handler, method, params, body) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await send(handler, { method, params, headers: { authorization }, ...sent })
    return { status: answer.status, text: await answer.text() }
  }
  const make: KeyedCaller['make'] = async (handler, params, body) => {
    const { status, text } = await ask(handler, 'POST', params, body)
    if (status !== 200) throw new Error(`${status} ${text}`)
    return JSON.parse(text)
  }
  return { ask, make }
}
