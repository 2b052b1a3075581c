import { fstatSync } from 'node:fs'
import { StoreFailure } from './errors.mjs'
import { startS3 } from './server.mjs'

/**
 * Runs the embedded S3 server as a process of its own. `LAUNCHPAD_EMBEDDED_S3_CONFIG` holds the options of `startS3`
 * as JSON. Once it listens it prints one line, `{"endpoint":"http://127.0.0.1:PORT"}`; notes go to stderr. It ends on
 * SIGTERM, SIGINT, or when its parent is gone, which closes the IPC channel or the pipe on stdin.
 */
async function main() {
  const options = readConfiguration(process.env.LAUNCHPAD_EMBEDDED_S3_CONFIG)
  const { endpoint, close } = await startS3({ ...options, log: (note) => console.error(note) })
  const stop = () => {
    close().then(
      () => process.exit(0),
      (error) => fail(error),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  onParentGone(stop)
  process.stdout.write(`${JSON.stringify({ endpoint })}\n`)
}

/** @param {string | undefined} text @returns {import('./server.mjs').S3Options} */
function readConfiguration(text) {
  try {
    const options = JSON.parse(text ?? '')
    if (typeof options.dir === 'string' && Array.isArray(options.keys)) return options
  } catch {
    // Falls through to the same sentence.
  }
  throw new StoreFailure(
    'LAUNCHPAD_EMBEDDED_S3_CONFIG must be JSON with the folder "dir" and the access "keys".',
  )
}

/** A terminal or /dev/null on stdin says nothing of the parent, a pipe or socket does. @param {() => void} stop */
function onParentGone(stop) {
  if (process.send) return void process.once('disconnect', stop)
  const stdin = fstatSync(0)
  if (!stdin.isFIFO() && !stdin.isSocket()) return
  process.stdin.once('end', stop).once('error', stop).resume()
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof StoreFailure ? error.message : error)
  process.exit(1)
}

main().catch(fail)
