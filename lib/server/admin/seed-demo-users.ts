import 'server-only'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { DESIGNERS } from '#lib/domain/access/subject'
import { KEY_PREFIX, keyPrefixOf } from '../access/authenticate'
import { recordEvent } from '../access/record-event'
import { foundingEvents, insertSpace } from '../identity/create-space'
import { hashPassword, insertUser } from '../identity/credentials'
import { MACHINE_ACTOR, machineContext } from '../identity/visit'
import { now } from '../platform/clock'
import { config } from '../platform/config'
import { database, type Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { hashSecret, newId, newSecret } from '../platform/ids'
import { lockInstallation } from '../spaces/installation'
import { findTheSpace } from '../spaces/the-space'
import { type DemoFile, type DemoLogin, readDemoFile, writeDemoFile } from './demo-file'

const SPACE = 'Aurora'
const NAMES: Record<string, string> = { admin: 'Ada Lind', analyst: 'Jon Brandt' }

/**
 * Makes the space of the demo with `admin` and `analyst`, and keeps their random passwords and keys in demo.json (0600).
 * Safe to repeat: what the file says of logins that exist stays true.
 */
export async function seedDemoUsers(): Promise<void> {
  const file = path.join(config().home, 'demo.json')
  const known = readDemoFile(file)
  const demo: DemoFile = {
    url: config().url.origin,
    admin: known?.admin ?? newLogin('admin'),
    analyst: known?.analyst ?? newLogin('analyst'),
  }
  if (await findTheSpace()) await requireDemoKeys(database(), demo)
  // The file first: a start that was cut off in between goes on with the same passwords.
  writeDemoFile(file, demo)
  const hashes = await Promise.all([hashPassword(demo.admin.password), hashPassword(demo.analyst.password)])
  await inTransaction(async (tx) => {
    await lockInstallation(tx)
    if (await findTheSpace(tx)) await requireDemoKeys(tx, demo)
    else await foundDemo(tx, demo, ...hashes)
  })
}

/** @throws Error for the operator when the space that is there was not made by the demo */
async function requireDemoKeys(tx: Tx, demo: DemoFile): Promise<void> {
  const hashes = [demo.admin, demo.analyst].map(({ apiKey }) => hashSecret(apiKey))
  if ((await tx.apiKey.count({ where: { hash: { in: hashes } } })) === hashes.length) return
  throw new Error(
    'The space that is here was not made by the demo, so the demo leaves it alone. Set LAUNCHPAD_HOME to a folder of its own for the demo.',
  )
}

async function foundDemo(tx: Tx, demo: DemoFile, adminHash: string, analystHash: string): Promise<void> {
  const admin = { ...demo.admin, name: nameOf('admin'), space: SPACE, passwordHash: adminHash }
  const { spaceId, userId, groupIds } = await insertSpace(tx, admin)
  const { login, email } = demo.analyst
  const name = nameOf('analyst')
  const analyst = await insertUser(tx, { spaceId, login, email, name, passwordHash: analystHash })
  const groupId = groupIds.get(DESIGNERS) ?? ''
  await tx.membership.create({
    data: {
      id: newId(),
      spaceId,
      groupId,
      userId: analyst.id,
      from: now(),
      actor: MACHINE_ACTOR.authUser,
      reason: 'demo',
    },
  })
  await tx.installation.updateMany({ data: { setupTokenHash: null, setupTokenAt: null } })
  const context = machineContext('demo', spaceId)
  const analystMade = { login, name, email, groups: [DESIGNERS] }
  for (const event of [
    ...foundingEvents(spaceId, userId, admin),
    { msgType: 'user-create', objectType: 'user', objectId: analyst.id, after: analystMade } as const,
  ])
    await recordEvent(tx, context, MACHINE_ACTOR, event)
  await insertDemoKey(tx, spaceId, userId, demo.admin)
  await insertDemoKey(tx, spaceId, analyst.id, demo.analyst)
}

async function insertDemoKey(tx: Tx, spaceId: string, ownerId: string, person: DemoLogin): Promise<void> {
  const id = newId()
  const label = 'demo'
  await tx.apiKey.create({
    data: {
      id,
      spaceId,
      kind: 'personal',
      ownerId,
      label,
      hash: hashSecret(person.apiKey),
      prefix: keyPrefixOf(person.apiKey),
      from: now(),
      createdBy: MACHINE_ACTOR.authUser,
    },
  })
  await recordEvent(tx, machineContext('demo', spaceId), MACHINE_ACTOR, {
    msgType: 'personal-api-key-create',
    objectType: 'api-key',
    objectId: id,
    after: { label, owner: person.login },
  })
}

const nameOf = (who: string) => NAMES[who] ?? who

const newLogin = (who: string): DemoLogin => ({
  login: who,
  email: `${who}@example.com`,
  password: randomBytes(15).toString('base64url'),
  apiKey: newSecret(KEY_PREFIX),
})
