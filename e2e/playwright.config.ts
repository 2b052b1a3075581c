import { defineConfig } from '@playwright/test'

const LONG = [
  'accessibility.spec.ts',
  'authorization.spec.ts',
  'formats.spec.ts',
  'fuzz.spec.ts',
  'jobs.spec.ts',
  'keyboard-walk.spec.ts',
  'wrong-types.spec.ts',
]

/**
 * One journey a file, each against a copy of its own of the production build, so that files may run side by side; the runner
 * finds the browser.
 */
export default defineConfig({
  testDir: '.',
  globalSetup: './support/prepare-database.ts',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  fullyParallel: false,
  // Journeys wait for half of their time, for pages, workers and copies that start: three at once keep two cores busy.
  workers: 3,
  forbidOnly: true,
  // The longest first, which nothing else would run beside at the end.
  projects: [
    { name: 'long', testMatch: LONG },
    { name: 'others', testMatch: '*.spec.ts', testIgnore: LONG },
  ],
  reporter: [['list']],
  outputDir: process.env.LAUNCHPAD_HOME ? `${process.env.LAUNCHPAD_HOME}/e2e` : '../test-results',
  use: {
    viewport: { width: 1280, height: 800 },
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: 'en-US',
    timezoneId: 'Europe/Paris',
    // Recording slows every step; for one that fails: --trace on
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--font-render-hinting=none',
      ],
    },
  },
})
