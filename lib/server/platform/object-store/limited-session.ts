import 'server-only'
import type { EndpointPolicy } from '#lib/domain/connections/endpoint'
import { now } from '../clock'
import type { Permit } from '../permit'
import { assumeRole, type Session } from './credentials'
import { agentsFor } from './endpoint-guard'
import { type AssumeRoleCredential, DEFAULT_TIMEOUTS } from './types'

/**
 * Opens a session of a role for somebody else's program, limited by `policy`, for fifteen minutes. It is kept nowhere.
 * @throws Failure as STS refuses
 */
export function openLimitedSession(
  permit: Permit,
  { credential, region }: { credential: AssumeRoleCredential; region: string },
  endpoints: EndpointPolicy,
  policy: string,
): Promise<Session> {
  const agents = agentsFor(endpoints, DEFAULT_TIMEOUTS.connectMs)
  return assumeRole(
    credential,
    { region, agents, timeouts: DEFAULT_TIMEOUTS, signal: permit.signal, now },
    policy,
  )
}
