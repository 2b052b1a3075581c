import 'server-only'
import { randomBytes } from 'node:crypto'
import { Failure } from '#lib/domain/errors'
import { now } from '../platform/clock'
import { config } from '../platform/config'
import { database, type Tx } from '../platform/db/client'
import { inTransaction } from '../platform/db/transaction'
import { equalInConstantTime, hashSecret, newSecret } from '../platform/ids'
import { openSecret, sealSecret } from '../platform/secrets'

const ID = 'installation'
const KEY_CHECK = { text: 'launchpad', place: 'installation/keyCheck' } as const
const SETUP_TOKEN_PREFIX = 'lp_setup'

/**
 * Makes the row of this deployment at the first start, and holds the master key against it at every other one.
 * @throws Error with a sentence for the operator when the key is not the one that this database's secrets were stored under
 */
export async function ensureInstallation(): Promise<void> {
  const fresh = {
    id: ID,
    shortId: randomBytes(3).toString('hex'),
    keyCheck: sealSecret(KEY_CHECK.text, KEY_CHECK.place),
  }
  // Two first starts on one database: the second one finds the row of the first.
  await database().installation.createMany({ data: fresh, skipDuplicates: true })
  const { keyCheck } = await database().installation.findUniqueOrThrow({ where: { id: ID } })
  try {
    openSecret(keyCheck, KEY_CHECK.place)
  } catch (cause) {
    throw new Error(
      'The master key does not open the secrets stored in this database. Start with the LAUNCHPAD_MASTER_KEY (or the keys folder) that it was set up with; after changing the key, give the former one as LAUNCHPAD_MASTER_KEY_PREVIOUS.',
      { cause },
    )
  }
}

/** Makes a new one-time setup link, which ends the one before; null once a space exists. */
export async function makeSetupLink(): Promise<string | null> {
  const token = newSecret(SETUP_TOKEN_PREFIX)
  return inTransaction(async (tx) => {
    await lockInstallation(tx)
    if ((await tx.space.count()) > 0) return null
    await tx.installation.update({
      where: { id: ID },
      data: { setupTokenHash: hashSecret(token), setupTokenAt: now() },
    })
    return `${config().url.origin}/setup?token=${token}`
  })
}

/**
 * Uses the setup token up, within the transaction that makes the space: of two at once the second one fails.
 * @returns when the token was made
 * @throws Failure `forbidden` when it is wrong, replaced or used
 */
export async function takeSetupToken(tx: Tx, token: string): Promise<Date | null> {
  const { setupTokenHash, setupTokenAt } = await lockInstallation(tx)
  if (setupTokenHash === null || !equalInConstantTime(setupTokenHash, hashSecret(token))) {
    throw endedSetupLink()
  }
  await tx.installation.update({ where: { id: ID }, data: { setupTokenHash: null, setupTokenAt: null } })
  return setupTokenAt
}

/** True when this setup link can still be used. */
export async function isSetupToken(token: string): Promise<boolean> {
  const row = await database().installation.findUnique({ where: { id: ID } })
  return Boolean(row?.setupTokenHash && equalInConstantTime(row.setupTokenHash, hashSecret(token)))
}

/** Takes the one row for this transaction: whoever comes second waits and then sees what the first one did. */
export async function lockInstallation(tx: Tx) {
  await tx.$queryRaw`SELECT "id" FROM "installation" WHERE "id" = ${ID} FOR UPDATE`
  return tx.installation.findUniqueOrThrow({ where: { id: ID } })
}

const endedSetupLink = () =>
  new Failure('forbidden', 'This setup link has been used, or a newer one has replaced it.', {
    reason: 'setup-link-ended',
    remedy:
      'Use the newest link on the console of the machine, or make one there with "node bin/launchpad.mjs setup-link".',
  })
