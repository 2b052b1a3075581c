import 'server-only'

/** Under this name bytes carry what is to be done once they are sent; our HTTP server does it (bin/web/sent-bytes.mjs). */
const ON_SENT = Symbol.for('launchpad.on-sent')

/**
 * Has something done once the system has taken these bytes, so that their memory can be written to again. It is done for the
 * very object alone: of a copy, a part, bytes that are packed on the way, or those of a reader who left, it is never done.
 */
export function whenSent<Bytes extends Uint8Array>(bytes: Bytes, act: () => void): Bytes {
  return Object.assign(bytes, { [ON_SENT]: act })
}
