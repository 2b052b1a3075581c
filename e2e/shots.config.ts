import { defineConfig } from '@playwright/test'
import tests from './playwright.config'

// The installation is there already: nothing is to be prepared for it.
const { globalSetup: _, ...settings } = tests

/** Takes the pictures of `npm run shots`, of the installation at LAUNCHPAD_URL. */
export default defineConfig({
  ...settings,
  projects: [{ name: 'shots', testMatch: 'shots.ts' }],
  timeout: 180_000,
  use: { ...tests.use, screenshot: 'off' },
})
