import 'server-only'
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Failure } from '#lib/domain/errors'
import { config } from './config'

/**
 * Envelope encryption: each secret has a data key of its own (AES-256-GCM), sealed by the operator's master key.
 * Both layers are bound to the place of the secret, so that a value moved to another row or field does not open.
 *
 * Layout: version (1) · key iv (12) · key tag (16) · sealed data key (32) · iv (12) · tag (16) · sealed text.
 */
const VERSION = 1
const HEADER_BYTES = 1 + 12 + 16 + 32 + 12 + 16

/** Where a secret stands: `"connection/0190…/secret"`. */
export type SecretPlace = string

/** Seals a text with a data key of its own, so that it opens at its place alone. */
export function sealSecret(
  text: string,
  place: SecretPlace,
  masterKey = config().masterKey,
): Buffer<ArrayBuffer> {
  const dataKey = randomBytes(32)
  const key = seal(dataKey, masterKey, `${place}#key`)
  const body = seal(Buffer.from(text, 'utf8'), dataKey, place)
  return Buffer.concat([Buffer.of(VERSION), key.iv, key.tag, key.sealed, body.iv, body.tag, body.sealed])
}

/** @throws Failure `internal` when neither the present nor the previous master key opens it. */
export function openSecret(sealed: Uint8Array, place: SecretPlace, keys = masterKeys()): string {
  const bytes = Buffer.from(sealed)
  if (bytes.length < HEADER_BYTES || bytes[0] !== VERSION) throw unreadable(place)
  const part = (from: number, length: number) => bytes.subarray(from, from + length)
  for (const masterKey of keys) {
    try {
      const dataKey = open(part(29, 32), masterKey, part(1, 12), part(13, 16), `${place}#key`)
      return open(bytes.subarray(HEADER_BYTES), dataKey, part(61, 12), part(73, 16), place).toString('utf8')
    } catch {
      // The next key may be the one: rotation keeps the previous one for a while.
    }
  }
  throw unreadable(place)
}

function masterKeys(): Buffer[] {
  const { masterKey, previousMasterKey } = config()
  return previousMasterKey ? [masterKey, previousMasterKey] : [masterKey]
}

function seal(plain: Buffer, key: Buffer, place: string) {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(plain), cipher.final()])
  return { iv, tag: cipher.getAuthTag(), sealed }
}

function open(sealed: Buffer, key: Buffer, iv: Buffer, tag: Buffer, place: string): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(place)).setAuthTag(tag)
  return Buffer.concat([decipher.update(sealed), decipher.final()])
}

const unreadable = (place: string) =>
  new Failure('internal', 'A stored secret cannot be opened with the present master key.', {
    reason: 'secret-unreadable',
    where: place,
    remedy: 'Start Launchpad with the master key the secret was stored under, or enter the secret again.',
  })
