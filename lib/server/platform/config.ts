import 'server-only'
import * as z from 'zod'
import { sayShape } from '#lib/domain/say-shape'

const base64Key = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'is 32 bytes in base64')

const environment = z.object({
  DATABASE_URL: z.string().min(1),
  LAUNCHPAD_URL: z.url(),
  LAUNCHPAD_HOME: z.string().default('.launchpad'),
  LAUNCHPAD_MASTER_KEY: base64Key,
  LAUNCHPAD_MASTER_KEY_PREVIOUS: base64Key.optional(),
  LAUNCHPAD_AUTH_SECRET: z.string().min(32),
  LAUNCHPAD_S3_ENDPOINT: z.string().optional(),
  LAUNCHPAD_S3_REGION: z.string().default('us-east-1'),
  LAUNCHPAD_S3_BUCKET: z.string().default('launchpad'),
  LAUNCHPAD_S3_ACCESS_KEY_ID: z.string().min(1),
  LAUNCHPAD_S3_SECRET_ACCESS_KEY: z.string().min(1),
  LAUNCHPAD_S3_READER_ACCESS_KEY_ID: z.string().min(1),
  LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY: z.string().min(1),
  LAUNCHPAD_ENTITLEMENT: z.enum(['customer', 'trial']).default('customer'),
  LAUNCHPAD_ALLOWED_ENDPOINTS: z.string().default(''),
  LAUNCHPAD_ALLOW_ENVIRONMENT_CREDENTIALS: z.stringbool().default(false),
  LAUNCHPAD_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

export interface Config {
  databaseUrl: string
  /** The only source of origin, cookie security and links. */
  url: URL
  home: string
  masterKey: Buffer
  previousMasterKey: Buffer | null
  authSecret: string
  /** The platform's own store, where events are delivered. */
  store: {
    endpoint: string | undefined
    region: string
    bucket: string
    writer: { accessKeyId: string; secretAccessKey: string }
    reader: { accessKeyId: string; secretAccessKey: string }
  }
  entitlement: 'customer' | 'trial'
  /** CIDR blocks or host:port pairs that connections may reach although they are private. */
  allowedEndpoints: string[]
  allowEnvironmentCredentials: boolean
  logLevel: string
}

let loaded: Config | undefined

/** The operator's settings, read from the environment once; throws a sentence per wrong variable. */
export function config(): Config {
  loaded ??= readConfig(process.env)
  return loaded
}

/** Reads the environment of a process. Throws an Error that names everything missing or wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  // Compose files and shells pass on what is not set as an empty text.
  const said = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = environment.safeParse(said, { error: sayShape(said, 'The environment') })
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => {
      const place = path.join('.')
      return message.startsWith(`${place} `) ? message.slice(0, -1) : `${place} ${message}`
    })
    throw new Error(`The configuration is not complete. ${sentences.join('; ')}`)
  }
  const e = parsed.data
  return {
    databaseUrl: e.DATABASE_URL,
    url: new URL(e.LAUNCHPAD_URL),
    home: e.LAUNCHPAD_HOME,
    masterKey: Buffer.from(e.LAUNCHPAD_MASTER_KEY, 'base64'),
    previousMasterKey: e.LAUNCHPAD_MASTER_KEY_PREVIOUS
      ? Buffer.from(e.LAUNCHPAD_MASTER_KEY_PREVIOUS, 'base64')
      : null,
    authSecret: e.LAUNCHPAD_AUTH_SECRET,
    store: {
      endpoint: e.LAUNCHPAD_S3_ENDPOINT,
      region: e.LAUNCHPAD_S3_REGION,
      bucket: e.LAUNCHPAD_S3_BUCKET,
      writer: {
        accessKeyId: e.LAUNCHPAD_S3_ACCESS_KEY_ID,
        secretAccessKey: e.LAUNCHPAD_S3_SECRET_ACCESS_KEY,
      },
      reader: {
        accessKeyId: e.LAUNCHPAD_S3_READER_ACCESS_KEY_ID,
        secretAccessKey: e.LAUNCHPAD_S3_READER_SECRET_ACCESS_KEY,
      },
    },
    entitlement: e.LAUNCHPAD_ENTITLEMENT,
    allowedEndpoints: e.LAUNCHPAD_ALLOWED_ENDPOINTS.split(',')
      .map((text) => text.trim())
      .filter(Boolean),
    allowEnvironmentCredentials: e.LAUNCHPAD_ALLOW_ENVIRONMENT_CREDENTIALS,
    logLevel: e.LAUNCHPAD_LOG_LEVEL,
  }
}
