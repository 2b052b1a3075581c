import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

/** Takes the pictures of `npm run shots`, of the installation at LAUNCHPAD_URL. */
export default defineConfig({
  ...tests,
  globalSetup: undefined,
  projects: [{ name: 'shots', testMatch: 'shots.ts' }],
  timeout: 180_000,
  use: { ...tests.use, screenshot: 'off' },
})
