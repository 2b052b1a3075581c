/** The name under which bytes carry what is to be done once they are sent (lib/server/platform/sent-bytes.ts). */
const ON_SENT = Symbol.for('launchpad.on-sent')

/**
 * Tells bytes that ask for it when they are sent: only who writes to the socket can know.
 * @param {import('node:http').ServerResponse} response
 */
export function tellSentBytes(response) {
  const write = response.write
  response.write = (...args) => {
    const [chunk, encoding] = args
    const act = chunk?.[ON_SENT]
    if (act === undefined) return write.apply(response, args)
    // Whoever asks to be called back keeps the memory alive as long as it likes.
    if (typeof encoding === 'function' || args.length > 2) return write.apply(response, args)
    return write.call(response, chunk, (error) => {
      if (!error) act()
    })
  }
}
