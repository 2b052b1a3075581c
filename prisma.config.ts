import path from 'node:path'
import { defineConfig } from 'prisma/config'

// Prisma's Rust schema engine is downloaded from a host that may be unreachable:
// use Prisma's own WASM build of it (npm) behind a stand-in with the same protocol.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= path.join(import.meta.dirname, 'bin/prisma-schema-engine.mjs')

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://postgres:password@127.0.0.1:5433/app' },
})
