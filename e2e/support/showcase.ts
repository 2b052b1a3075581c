import { lineDefinition } from './definitions'
import { type Credential, send, signInByHttp } from './http'
import type { Login } from './launchpad'
import { setPermissions } from './matrix/scene'
import { createTargets } from './matrix/targets'

/** What pages are about, for whoever visits them all. */
export interface Showcase {
  admin: Credential
  analyst: Credential
  projectKey: string
  dataset: string
  inviteToken: string
  resetToken: string
  draftId: string
}

export const INSTANCE_DEFINITION = {
  ...lineDefinition('dku-audit-log', '/audit-logs/'),
  partitioning: {
    filePathPattern: '/%{node_type}/%Y/%M/%D/.*',
    dimensions: [
      { name: 'node_type', type: 'value' },
      { name: 'date', type: 'time', params: { period: 'DAY' } },
    ],
    ignoreNonMatchingFile: true,
  },
}

/** Brings an installation to where the main job ends; what is there already stays. */
export async function createShowcase(
  origin: string,
  logins: { admin: Login; analyst: Login },
): Promise<Showcase> {
  const admin = await signInByHttp(origin, logins.admin)
  const analyst = await signInByHttp(origin, logins.analyst)
  const make = createTargets(origin, admin)
  await make.extensionActive('dku-audit-log')
  await make.extensionActive('api-node')
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  const idOf = (name: string) => groups.find((group) => group.name === name)?.id ?? ''
  await openTo(origin, admin, idOf('designers'))

  const [projectKey, dataset] = ['DEMO', 'instance_audit_logs']
  const path = `/api/projects/${projectKey}/datasets/${dataset}`
  if ((await send(origin, { method: 'GET', path, as: analyst })).status === 404) {
    const body = { name: dataset, definition: INSTANCE_DEFINITION }
    await make.post(`/api/projects/${projectKey}/datasets`, body, analyst)
    await make.post(`/api/projects/${projectKey}/datasets/${dataset}/partitions`, {}, analyst)
    await make.node('api')
  }
  const settings = {
    name: 'audit_draft',
    definition: INSTANCE_DEFINITION,
    partitioningActive: true,
    touched: ['files', 'partitioning'],
  }
  const draft = await make.post(`/api/projects/${projectKey}/drafts`, { settings }, analyst)
  const person = await make.person()
  return {
    admin,
    analyst,
    projectKey,
    dataset,
    inviteToken: (await make.invite()).token,
    resetToken: await make.resetToken(person.id),
    draftId: String(draft.id),
  }
}

/** Opens the audit connection to designers. */
async function openTo(origin: string, as: Credential, groupId: string): Promise<void> {
  const path = '/api/connections/dku-audit-log/permissions'
  const { state } = (await send(origin, { method: 'GET', path, as })).json() as {
    state: { grants: { id: string }[] }
  }
  if (state.grants.some(({ id }) => id === groupId)) return
  const grants = [...state.grants, { principal: 'group', id: groupId, until: null }]
  await setPermissions(origin, as, 'dku-audit-log', { ...state, grants })
}
