import 'server-only'
import { createHash, randomBytes, randomUUIDv7, timingSafeEqual } from 'node:crypto'

/** A new UUIDv7: sorts by the time it was made. */
export const newId = (): string => randomUUIDv7()

/** A secret that is shown once: `lp_key_…`, 32 random bytes in base64url. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(32).toString('base64url')}`

/** How secrets shown once are kept: SHA-256 in hex. They are random, so a slow hash would add nothing. */
export const hashSecret = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Compares two texts in a time that does not depend on where they differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = createHash('sha256').update(a).digest()
  const right = createHash('sha256').update(b).digest()
  return timingSafeEqual(left, right)
}
