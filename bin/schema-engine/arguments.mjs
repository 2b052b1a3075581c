/**
 * @typedef {object} EngineOptions
 * @property {string[]} schemaFiles
 * @property {string | undefined} url
 * @property {string | undefined} shadowUrl
 * @property {string | undefined} command a one-shot command: `can-connect-to-database`
 * @property {boolean} version
 */

/**
 * Reads the arguments that Prisma's CLI gives its schema engine; those it does not know, and their values, are passed over.
 * @param {string[]} args
 * @returns {EngineOptions}
 */
export function parseArguments(args) {
  /** @type {EngineOptions} */
  const options = {
    schemaFiles: [],
    url: undefined,
    shadowUrl: undefined,
    command: undefined,
    version: false,
  }
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--datamodels' || arg === '-d') options.schemaFiles.push(String(rest.shift()))
    else if (arg === '--datasource') Object.assign(options, parseDatasource(String(rest.shift())))
    else if (arg === '--version' || arg === '-V') options.version = true
    else if (arg === 'cli') options.command = rest.shift()
    else if (arg.startsWith('--')) rest.shift()
  }
  return options
}

/** @param {string} json */
function parseDatasource(json) {
  const { url, shadowDatabaseUrl } = JSON.parse(json)
  return { url, shadowUrl: shadowDatabaseUrl }
}
