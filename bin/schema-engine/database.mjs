import pg from 'pg'

/**
 * Runs `work` with a connection of its own.
 * @template T
 * @param {string} url
 * @param {(client: pg.Client) => Promise<T>} work
 */
export async function withClient(url, work) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Creates the database that `url` names, from the server's own database `postgres`; its name.
 * @param {string} url
 */
export async function createDatabase(url) {
  const name = databaseOf(url)
  await withClient(withDatabase(url, 'postgres'), (client) =>
    client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`),
  )
  return name
}

/**
 * @param {string} url
 */
export async function dropDatabase(url) {
  const name = pg.escapeIdentifier(databaseOf(url))
  await withClient(withDatabase(url, 'postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  )
}

/**
 * The one-shot commands of the engine; null, or the failure in Prisma's own codes.
 * @param {string} command
 * @param {string | undefined} url
 * @returns {Promise<{ error_code: string, message: string } | null>}
 */
export async function runDatabaseCommand(command, url = '') {
  try {
    if (command === 'can-connect-to-database') await withClient(url, (client) => client.query('SELECT 1'))
    else if (command === 'create-database') await createDatabase(url)
    else if (command === 'drop-database') await dropDatabase(url)
    else throw new Error(`Unknown command ${command}`)
    return null
  } catch (error) {
    return describe(/** @type {Error & { code?: string }} */ (error), url)
  }
}

/** @param {string} url @param {string} name */
export function withDatabase(url, name) {
  const other = new URL(url)
  other.pathname = `/${encodeURIComponent(name)}`
  return other.href
}

/** @param {string} url */
function databaseOf(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || 'postgres'
}

/** @param {Error & { code?: string }} error @param {string} url */
function describe(error, url) {
  if (error.code === '3D000')
    return { error_code: 'P1003', message: `Database \`${databaseOf(url)}\` does not exist` }
  if (error.code === '28P01' || error.code === '28000') {
    return { error_code: 'P1000', message: `Authentication failed: ${error.message}` }
  }
  const host = URL.canParse(url) ? new URL(url).host : url
  return {
    error_code: 'P1001',
    message: `Can't reach database server at \`${host}\`: ${error.message || error.code}`,
  }
}
