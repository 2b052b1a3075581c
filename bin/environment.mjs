import { existsSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from './root.mjs'
import { Sentence } from './sentence.mjs'
import { parseTrustedProxies } from './web/client-address.mjs'

/** Adds what stands in the checkout's `.env`; what the environment already says wins. Tests leave the file alone. */
export function loadEnvironmentFile() {
  const file = path.join(ROOT, '.env')
  if (existsSync(file) && !process.env.LAUNCHPAD_NO_ENV_FILE) process.loadEnvFile(file)
}

/**
 * @typedef {object} Settings what an operator may set, checked
 * @property {string} host
 * @property {number} port
 * @property {URL} url
 * @property {string | undefined} databaseUrl
 * @property {Record<string, string> | undefined} store LAUNCHPAD_S3_* of a store of one's own
 * @property {'customer' | 'trial'} entitlement
 * @property {string[]} allowedEndpoints
 */

/**
 * Reads and checks what the operator set.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Settings}
 * @throws {Sentence} naming the variable that is wrong
 */
export function readSettings(env) {
  const host = env.HOST || '127.0.0.1'
  const port = readPort(env.PORT)
  parseOrSay('LAUNCHPAD_TRUSTED_PROXIES', () => parseTrustedProxies(env.LAUNCHPAD_TRUSTED_PROXIES ?? ''))
  return {
    host,
    port,
    url: readUrl(env.LAUNCHPAD_URL || defaultUrl(host, port)),
    databaseUrl: readDatabaseUrl(env.DATABASE_URL),
    store: readStore(env),
    entitlement: readEntitlement(env.LAUNCHPAD_ENTITLEMENT),
    allowedEndpoints: (env.LAUNCHPAD_ALLOWED_ENDPOINTS ?? '')
      .split(',')
      .map((text) => text.trim())
      .filter(Boolean),
  }
}

/**
 * The whole environment of web, worker and administration.
 * @param {{ env: NodeJS.ProcessEnv, settings: Settings, home: string, databaseUrl: string, masterKey: string,
 *   authSecret: string, store: Record<string, string>, storeHost: string | undefined }} parts
 * @returns {Record<string, string | undefined>}
 */
export function completeEnvironment({
  env,
  settings,
  home,
  databaseUrl,
  masterKey,
  authSecret,
  store,
  storeHost,
}) {
  return {
    ...env,
    ...store,
    NODE_ENV: env.NODE_ENV ?? 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    PORT: String(settings.port),
    HOST: settings.host,
    LAUNCHPAD_HOME: home,
    LAUNCHPAD_URL: settings.url.origin,
    DATABASE_URL: databaseUrl,
    LAUNCHPAD_MASTER_KEY: masterKey,
    LAUNCHPAD_AUTH_SECRET: authSecret,
    LAUNCHPAD_ENTITLEMENT: settings.entitlement,
    LAUNCHPAD_ALLOWED_ENDPOINTS: [...settings.allowedEndpoints, ...(storeHost ? [storeHost] : [])].join(','),
  }
}

/** @param {string | undefined} text */
function readPort(text) {
  const port = Number(text || 3000)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Sentence(`PORT is ${text}, which is not a number from 1 to 65535.`)
}

/** An address of all interfaces is none that a browser can open. @param {string} host @param {number} port */
function defaultUrl(host, port) {
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`
}

/** @param {string} text */
function readUrl(text) {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new Sentence(
      `LAUNCHPAD_URL is ${text}, which is not an address that begins with http:// or https://.`,
    )
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    throw new Sentence(`LAUNCHPAD_URL is ${text}; give scheme, host and port alone, as in ${url.origin}.`)
  }
  return url
}

/** @param {string | undefined} text */
function readDatabaseUrl(text) {
  if (!text) return undefined
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text
  throw new Sentence('DATABASE_URL does not begin with postgresql:// or cannot be read as an address.')
}

/** @param {string | undefined} text @returns {'customer' | 'trial'} */
function readEntitlement(text = '') {
  if (text === '' || text === 'customer' || text === 'trial') return text || 'customer'
  throw new Sentence(`LAUNCHPAD_ENTITLEMENT is ${text}; it is either customer or trial.`)
}

/** A store of one's own is given whole or not at all. @param {NodeJS.ProcessEnv} env */
function readStore(env) {
  if (!env.LAUNCHPAD_S3_ENDPOINT && !env.LAUNCHPAD_S3_ACCESS_KEY_ID) return undefined
  const names = [
    'ACCESS_KEY_ID',
    'SECRET_ACCESS_KEY',
    'READER_ACCESS_KEY_ID',
    'READER_SECRET_ACCESS_KEY',
    'BUCKET',
  ]
  const missing = names.map((name) => `LAUNCHPAD_S3_${name}`).filter((name) => !env[name])
  if (missing.length) {
    throw new Sentence(
      `An S3 store is configured but ${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not set.`,
    )
  }
  const endpoint = env.LAUNCHPAD_S3_ENDPOINT
  if (endpoint && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol))) {
    throw new Sentence(
      `LAUNCHPAD_S3_ENDPOINT is ${endpoint}, which is not an address that begins with http:// or https://.`,
    )
  }
  if (!endpoint && !env.LAUNCHPAD_S3_REGION)
    throw new Sentence('LAUNCHPAD_S3_REGION is not set; without an endpoint it names the region of AWS.')
  return Object.fromEntries(
    [...names, 'ENDPOINT', 'REGION'].flatMap((name) => {
      const value = env[`LAUNCHPAD_S3_${name}`]
      return value ? [[`LAUNCHPAD_S3_${name}`, value]] : []
    }),
  )
}

/** @template T @param {string} name @param {() => T} parse */
function parseOrSay(name, parse) {
  try {
    return parse()
  } catch (error) {
    throw new Sentence(`${name}: ${/** @type {Error} */ (error).message}`)
  }
}
