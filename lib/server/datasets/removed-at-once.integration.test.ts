import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Failure } from '#lib/domain/errors'
import { getPermissions, savePermissions } from '../connections/permissions'
import { searchPrincipals } from '../connections/principals'
import { createGroup, deleteGroup, saveGroup } from '../identity/group-commands'
import { inviteUser, revokeInvite } from '../identity/invites'
import { createGlobalKey, revokeKey, saveGlobalKey } from '../identity/keys'
import { disableUser, saveUser } from '../identity/user-commands'
import { registerNode, revokeNode, rotateNodeToken } from '../nodes/commands'
import { database } from '../platform/db/client'
import { newId } from '../platform/ids'
import { createProject, deleteProject } from '../projects/commands'
import { saveProjectMembers } from '../projects/members'
import { createProjectKey } from '../projects/project-keys'
import { addConnection, selected } from '../testing/connection-scene'
import { freshDatabase } from '../testing/database'
import {
  addDataset,
  BY_NODE_AND_DAY,
  type DatasetScene,
  definitionOver,
  makeDatasetScene,
  memberships,
  PROJECT,
} from '../testing/dataset-scene'
import { createDataset, deleteDataset, renameDataset, saveDataset } from './commands'
import { removeConnection } from './connections/connection-removal'
import { createDraft, discardDraft, saveDraft } from './drafts'
import { listDatasetPartitions } from './listing/list-partitions'
import { startListDatasetPartitions } from './listing/start-listing'
import { computeMetrics } from './metrics/metrics-compute'
import { streamRecords } from './streaming/stream-records'

const AT_ONCE = 8

let drop: () => Promise<void>
let scene: DatasetScene
beforeAll(async () => {
  drop = await freshDatabase()
  scene = await makeDatasetScene()
  await scene.put('logs/design/2026/11/22/a.log', 'one\ntwo\n')
})
afterAll(() => drop())

/** How each ended: `ok`, or the kind of its failure. What is no Failure is a fault of our own. */
async function outcomes(works: readonly Promise<unknown>[]): Promise<string[]> {
  const ended = await Promise.allSettled(works)
  return ended.map((one) => {
    if (one.status === 'fulfilled') return 'ok'
    if (one.reason instanceof Failure) return one.reason.kind
    throw one.reason
  })
}

const several = <T>(run: (n: number) => T, times = AT_ONCE): T[] =>
  Array.from({ length: times }, (_, n) => run(n))

/** Of a dataset that was given its name in other letters meanwhile as well. */
const eventsOf = (msgType: string, objectId: string) =>
  database().auditEvent.count({
    where: { spaceId: scene.spaceId, msgType, objectId: { equals: objectId, mode: 'insensitive' } },
  })

/** What there is to remove. */
interface Noun {
  objectId: string
  remove: () => Promise<unknown>
  /** Others that change it or work with it meanwhile. */
  beside: ((n: number) => Promise<unknown>)[]
}

const read = async (stream: ReturnType<typeof streamRecords>) => {
  for await (const _ of await stream);
}

const nouns: Record<string, { msgType: string | null; isEndedTwice?: true; make: () => Promise<Noun> }> = {
  dataset: {
    msgType: 'dataset-delete',
    make: async () => {
      const name = `d${newId().slice(-12)}`
      const definition = definitionOver('/logs/', { partitioning: BY_NODE_AND_DAY })
      const ref = await addDataset(scene.mira, name, definition)
      return {
        objectId: `${PROJECT}.${name}`,
        remove: () => deleteDataset(scene.mira, ref),
        beside: [
          () => saveDataset(scene.mira, ref, { version: null, definition }),
          (n) => renameDataset(scene.mira, ref, n % 2 ? name.toUpperCase() : name),
          () =>
            read(
              streamRecords(scene.mira, ref, {
                partitions: [],
                format: 'tsv-excel-header',
                sessionId: newId(),
              }),
            ),
          () => startListDatasetPartitions(scene.mira, ref),
          () => listDatasetPartitions(scene.mira, ref, () => undefined),
          () =>
            computeMetrics(scene.mira, ref, { partition: null, metricIds: ['basic:SIZE'] }, () => undefined),
        ],
      }
    },
  },
  draft: {
    msgType: null,
    make: async () => {
      const settings = {
        name: 'x',
        definition: definitionOver('/logs/'),
        partitioningActive: false,
        touched: [],
      }
      const draft = await createDraft(scene.mira, PROJECT, settings)
      return {
        objectId: draft.id,
        remove: () => discardDraft(scene.mira, { projectKey: PROJECT, draftId: draft.id }),
        beside: [
          () =>
            saveDraft(
              scene.mira,
              { projectKey: PROJECT, draftId: draft.id },
              { version: draft.version, settings },
            ),
        ],
      }
    },
  },
  group: {
    msgType: 'group-delete',
    make: async () => {
      const { id, name } = await createGroup(scene.admin, { name: `g${newId()}`, description: '' })
      return {
        objectId: id,
        remove: () => deleteGroup(scene.admin, id),
        beside: [(n) => saveGroup(scene.admin, { name }, { name, description: `${n}` })],
      }
    },
  },
  key: {
    msgType: 'global-api-key-delete',
    make: async () => {
      const input = { label: 'k', description: '', admin: false, groupIds: [], expiresAt: null }
      const { id } = await createGlobalKey(scene.admin, input)
      return {
        objectId: id,
        remove: () => revokeKey(scene.admin, id),
        beside: [
          (n) => saveGlobalKey(scene.admin, id, { label: `${n}`, groupIds: [scene.groupId('designers')] }),
        ],
      }
    },
  },
  connection: {
    msgType: 'admin-connection-delete',
    make: async () => {
      const name = await addConnection(scene.admin, `c-${newId().slice(-12)}`)
      const { state: base } = await getPermissions(scene.admin, name)
      const grants = [{ principal: 'group' as const, id: scene.groupId('designers'), until: null }]
      return {
        objectId: name,
        remove: () => removeConnection(scene.admin, name, ''),
        beside: [
          (n) => savePermissions(scene.admin, name, { base, state: { ...base, grants, hidden: n % 2 > 0 } }),
        ],
      }
    },
  },
  project: {
    msgType: 'project-delete',
    make: async () => {
      const key = `P${newId().slice(-8).toUpperCase()}`
      await createProject(scene.mira, { key, name: key, description: '' })
      return {
        objectId: key,
        remove: () => deleteProject(scene.mira, key),
        beside: [
          (n) => createDataset(scene.mira, key, { name: `d${n}`, definition: definitionOver('/logs/') }),
          () =>
            createProjectKey(scene.mira, key, {
              label: 'k',
              description: '',
              level: 'read',
              groupIds: [],
              expiresAt: null,
            }),
        ],
      }
    },
  },
  invite: {
    msgType: 'invite-revoke',
    make: async () => {
      const { id } = await inviteUser(scene.admin, { email: `${newId()}@example.com`, groupIds: [] })
      return { objectId: id, remove: () => revokeInvite(scene.admin, id), beside: [] }
    },
  },
  user: {
    msgType: 'user-disable',
    isEndedTwice: true,
    make: async () => {
      const id = newId()
      await database().user.create({
        data: { id, spaceId: scene.spaceId, login: id, email: `${id}@example.com`, name: 'U' },
      })
      const groupIds = [scene.groupId('designers')]
      return {
        objectId: id,
        remove: () => disableUser(scene.admin, id),
        beside: [(n) => saveUser(scene.admin, id, { name: `${n}`, groupIds: n % 2 ? groupIds : [] })],
      }
    },
  },
  node: {
    msgType: 'node-revoke',
    isEndedTwice: true,
    make: async () => {
      const { node } = await registerNode(scene.admin, { name: `n${newId().slice(-12)}`, type: 'api' })
      return {
        objectId: node.id,
        remove: () => revokeNode(scene.admin, node.id),
        beside: [() => rotateNodeToken(scene.admin, node.id)],
      }
    },
  },
}

describe.each(Object.entries(nouns))('of %s', (_name, { msgType, isEndedTwice, make }) => {
  test('removals at once one succeeds and has its event; the others say that it is gone', async () => {
    const { objectId, remove } = await make()
    const ended = await outcomes(several(() => remove()))
    expect(ended.toSorted()).toEqual(
      isEndedTwice ? several(() => 'ok') : [...several(() => 'not_found', AT_ONCE - 1), 'ok'],
    )
    if (msgType) expect(await eventsOf(msgType, objectId)).toBe(1)
  })

  test('removals beside other work there is one, and nothing fails for a reason of our own', async () => {
    const { objectId, remove, beside } = await make()
    const removals = several(() => remove(), 4)
    const others = beside.flatMap((work) => several(work, 4))
    const interleaved = several((n) => [removals[n], others[n]], Math.max(4, others.length)).flat()
    const ended = await outcomes(interleaved.filter((one) => one !== undefined))
    expect(ended).not.toContain('unavailable')
    const removed = (await outcomes(removals)).toSorted()
    expect(removed).toEqual(isEndedTwice ? several(() => 'ok', 4) : [...several(() => 'not_found', 3), 'ok'])
    if (msgType) expect(await eventsOf(msgType, objectId)).toBe(1)
  })
})

test('nothing is left of what was made in a project while it was removed', async () => {
  const key = 'LEFTOVER'
  await createProject(scene.mira, { key, name: key, description: '' })
  const { id: projectId } = await database().project.findFirstOrThrow({ where: { key } })
  const definition = definitionOver('/logs/')
  await outcomes([
    ...several((n) => createDataset(scene.mira, key, { name: `d${n}`, definition })),
    deleteProject(scene.mira, key),
    ...several((n) => createDataset(scene.mira, key, { name: `e${n}`, definition })),
  ])
  expect(await database().dataset.count({ where: { projectId } })).toBe(0)
})

test('a group that was deleted while others wrote it leaves its name free', async () => {
  const { id } = await createGroup(scene.admin, { name: 'gq', description: '' })
  await outcomes([
    ...several((n) => saveGroup(scene.admin, { name: 'gq' }, { name: 'gq', description: `${n}` })),
    ...several(() => deleteGroup(scene.admin, id)),
  ])
  expect((await createGroup(scene.admin, { name: 'gq', description: '' })).name).toBe('gq')
})

describe('a group that is deleted', () => {
  test('is given to nobody meanwhile', async () => {
    for (let round = 0; round < 6; round++) {
      const { id } = await createGroup(scene.admin, { name: `given-${round}`, description: '' })
      const name = await addConnection(scene.admin, `given-${round}`)
      const { state: base } = await getPermissions(scene.admin, name)
      const state = { ...base, ...selected(id, scene.groupId('space_administrators')) }
      const { version, members } = await memberships(scene.admin)
      const added = [...members, { principal: 'group' as const, id, level: 'read' as const, until: null }]
      await outcomes([
        savePermissions(scene.admin, name, { base, state }),
        saveProjectMembers(scene.admin, PROJECT, { version, members: added }),
        saveUser(scene.admin, scene.miraId, { groupIds: [id, scene.groupId('designers')] }),
        deleteGroup(scene.admin, id),
        createProject(
          scene.admin,
          { key: `GIVEN${round}`, name: 'x', description: '' },
          {
            lines: [{ principal: 'group', name: `given-${round}`, level: 'read', flags: {} }],
          },
        ),
      ])
      const { deletedAt } = await database().group.findUniqueOrThrow({ where: { id } })
      if (!deletedAt) continue
      const of = { where: { groupId: id, until: null } }
      expect(await database().connectionGrant.count(of)).toBe(0)
      expect(await database().projectMember.count(of)).toBe(0)
      expect(await database().membership.count(of)).toBe(0)
    }
  })

  test('is offered to nobody, and refused', async () => {
    const { id } = await createGroup(scene.admin, { name: 'gone-for-good', description: '' })
    await deleteGroup(scene.admin, id)
    expect((await searchPrincipals(scene.admin, 'gone-for-good')).items).toEqual([])
    const name = await addConnection(scene.admin, 'for-nobody')
    const { state: base } = await getPermissions(scene.admin, name)
    const saving = savePermissions(scene.admin, name, { base, state: { ...base, ...selected(id) } })
    expect(await outcomes([saving])).toEqual(['validation_failed'])
    const { version, members } = await memberships(scene.admin)
    const added = [...members, { principal: 'group' as const, id, level: 'read' as const, until: null }]
    expect(await outcomes([saveProjectMembers(scene.admin, PROJECT, { version, members: added })])).toEqual([
      'validation_failed',
    ])
  })
})
