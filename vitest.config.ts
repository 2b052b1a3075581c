import path from 'node:path'
import { defineConfig } from 'vitest/config'

const empty = path.resolve(import.meta.dirname, 'lib/server/platform/empty.ts')

/** Unit tests touch nothing outside the process; integration tests use real PostgreSQL and real S3 servers. */
export default defineConfig({
  resolve: { alias: { 'server-only': empty } },
  test: {
    // A zone with an odd offset and its own daylight saving: code that forgets UTC fails here.
    env: { TZ: 'Australia/Lord_Howe' },
    // One core is left alone by default, which is half of a machine with two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Property tests on a busy machine: behaviour counts, not time.
          testTimeout: 60_000,
          include: ['{lib,bin,components,app}/**/*.test.{ts,tsx,mjs}'],
          exclude: ['**/*.integration.test.*', '**/node_modules/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{lib,bin,app}/**/*.integration.test.{ts,mjs}'],
          globalSetup: ['./lib/server/testing/global-setup.ts'],
          // Each waits for PostgreSQL, S3 or programs of its own most of the time; more at once would only wait for each other.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
