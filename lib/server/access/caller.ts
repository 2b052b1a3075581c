import 'server-only'
import * as z from 'zod'

/** Who a request or a job says it is, already authenticated; the rights are loaded anew for each act. */
export type Caller =
  | { kind: 'user'; spaceId: string; userId: string }
  | { kind: 'key'; spaceId: string; keyId: string }
  | { kind: 'system'; spaceId: string; job: string }

/** How a job row keeps its caller. */
export const storedCaller = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('user'), spaceId: z.string(), userId: z.string() }),
  z.object({ kind: z.literal('key'), spaceId: z.string(), keyId: z.string() }),
  z.object({ kind: z.literal('system'), spaceId: z.string(), job: z.string() }),
])

/** The circumstances of one act: who, from where, in which request, and when to give up. */
export interface Context {
  caller: Caller
  requestId: string
  /** The network address the request came from, or `"internal"`. */
  originAddress: string
  /** `"browser"`, `"api"` or `"job"`. */
  via: string
  /** `"POST /api/connections"`, `"job activate-extension"`. */
  call: string
  startedAt: Date
  signal: AbortSignal
}

/** A request of whoever it may turn out to be. */
export type Arrival = Omit<Context, 'caller'> & { headers: Headers }

/** The act of a job that no person asked for: one of the two visible exceptions to asking `can()`. */
export function asSystem(
  job: string,
  spaceId: string,
  requestId: string,
  signal: AbortSignal,
  startedAt: Date,
): Context {
  return {
    caller: { kind: 'system', spaceId, job },
    requestId,
    originAddress: 'internal',
    via: 'job',
    call: `job ${job}`,
    startedAt,
    signal,
  }
}
