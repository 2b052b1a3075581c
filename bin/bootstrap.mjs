// Runs before anything is installed, on Node 20.19: nothing but Node's own modules may be imported here.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

const ROOT = path.resolve(import.meta.dirname, '..')
const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/**
 * Makes ready what a command needs: the packages, and the Node that they ask for. True when the command can go on in this
 * process; false when it ran to its end in another one under the right Node.
 * @param {string} script the command's own file, run again under the right Node
 */
export async function bootstrap(script) {
  requireNode(process.versions.node, [20, 19], 'to install')
  endWithNpm()
  if (!isInstalled()) install()
  const program = bundledNode()
  if (program && process.versions.node !== bundledVersion()) {
    await runUnder(program, script)
    return false
  }
  requireNode(process.versions.node, [22, 12], 'to run')
  return true
}

/** npm tells a signal to its shell and not to what runs in that: when the shell is gone, so are we. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event || process.channel) return
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 200)
  watch.unref()
}

/** @param {string} version @param {[number, number]} least @param {string} purpose */
function requireNode(version, [leastMajor, leastMinor], purpose) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return
  console.error(`Launchpad needs Node ${leastMajor}.${leastMinor} or later ${purpose}; this is ${version}.`)
  process.exit(1)
}

/** True when every package that the lockfile names is there in that version. */
function isInstalled() {
  const wanted = readLockfile('package-lock.json')
  const found = readLockfile('node_modules/.package-lock.json')
  if (!wanted || !found) return false
  return Object.entries(wanted).every(([name, { version, optional, link }]) => {
    if (name === '' || link) return true
    const here = found[name]
    return here ? here.version === version : Boolean(optional)
  })
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }> | null}
 */
function readLockfile(file) {
  try {
    return JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')).packages
  } catch {
    return null
  }
}

function install() {
  console.log('Installing packages (npm ci)')
  const npm = process.env.npm_execpath
  const [program, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']]
  const { status, error } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] })
  if (status === 0) return
  const reason = error ? `npm could not be run (${error.message})` : `npm ci ended with ${status}`
  console.error(`The packages could not be installed: ${reason}. Check the network and the room on the disk.`)
  process.exit(1)
}

/** Node 24 from the packages; none on machines that they do not cover. */
function bundledNode() {
  const program = path.join(ROOT, `node_modules/node-${process.platform}-${process.arch}/bin/node`)
  return existsSync(program) ? program : null
}

function bundledVersion() {
  const folder = path.join(ROOT, `node_modules/node-${process.platform}-${process.arch}`)
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version
}

/** Runs the command again; its end is our end, and our signals are its signals. @param {string} program @param {string} script */
async function runUnder(program, script) {
  const env = { ...process.env, PATH: `${path.dirname(program)}${path.delimiter}${process.env.PATH ?? ''}` }
  const child = spawn(
    program,
    ['--import', path.join(ROOT, 'bin/follow-parent.mjs'), script, ...process.argv.slice(2)],
    {
      stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
      env,
    },
  )
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal))
  await new Promise((resolve) => {
    child.once('exit', (code) => {
      process.exitCode = code ?? 1
      resolve(undefined)
    })
  })
}
