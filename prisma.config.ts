import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma would download its schema engine; ours answers in its place, from a package that `npm ci` installs.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'bin/prisma-schema-engine.mjs')

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  // `prisma generate` wants an address and never opens it.
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://launchpad@127.0.0.1:1/launchpad' },
})
