import { openBehind } from './behind'
import { signInByHttp } from './http'
import type { Launchpad } from './launchpad'
import { createLake, lakeDefinition } from './matrix/scene'
import { createTargets } from './matrix/targets'

/** A connection `lake` that designers may use, and a project of theirs with a dataset `lake` on it. */
export async function setLakeScene({ url, home, demo }: Launchpad) {
  const logins = demo()
  const session = await signInByHttp(url, logins.admin)
  const make = createTargets(url, session)
  const { groups } = (await make.get('/api/groups')) as { groups: { id: string; name: string }[] }
  const designers = groups.find(({ name }) => name === 'designers')?.id ?? ''
  const behind = await openBehind(home)
  try {
    await createLake(url, session, behind, designers)
  } finally {
    await behind.close()
  }
  const projectKey = await make.project(designers)
  const designer = { token: logins.analyst.apiKey }
  const dataset = { name: 'lake', definition: lakeDefinition() }
  await make.post(`/api/projects/${projectKey}/datasets`, dataset, designer)
  return { make, session, logins, designers, known: { projectKey, name: 'lake', connection: 'lake' } }
}
