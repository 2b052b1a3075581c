import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'
import { Sentence } from './sentence.mjs'

/** Where Playwright keeps its browsers for download. */
const DOWNLOADS = 'https://cdn.playwright.dev'
const PROBE_TIMEOUT_MS = 5_000
const INSTALL_TIMEOUT_MS = 600_000
/** The one without windows first, which takes half as much of the processor for the same pages. */
const SYSTEM_BROWSERS = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]

/**
 * Makes sure that there is a Chromium to test with: Playwright's own, the system's, or one of them installed now.
 * @returns {Promise<Record<string, string>>} what tells Playwright where it is: empty for its own
 * @throws {Sentence} when none can be had
 */
export async function ensureBrowser() {
  const present = findBrowser()
  if (present) return present
  if (await isReachable(DOWNLOADS)) {
    console.log('Installing Chromium (Playwright)')
    const dependencies = process.getuid?.() === 0 ? ['--with-deps'] : []
    const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')
    run(process.execPath, [cli, 'install', ...dependencies, 'chromium'])
  } else if (process.getuid?.() === 0 && run('apt-get', ['--version'])) {
    console.log('Installing Chromium (apt-get)')
    run('apt-get', ['update', '-q'])
    const install = ['install', '-y', '-q', '--no-install-recommends', 'fonts-liberation']
    // Debian alone has the first.
    if (!run('apt-get', [...install, 'chromium-headless-shell'])) run('apt-get', [...install, 'chromium'])
  }
  const installed = findBrowser()
  if (installed) return installed
  throw new Sentence(
    'There is no Chromium for the end-to-end tests, and none could be installed. Run “npx playwright install chromium”, or install the package chromium, or set CHROMIUM_PATH.',
  )
}

function findBrowser() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (existsSync(given)) return { CHROMIUM_PATH: given }
    throw new Sentence(`CHROMIUM_PATH is ${given}, and there is no such file.`)
  }
  if (existsSync(chromium.executablePath())) return {}
  const system = SYSTEM_BROWSERS.find((file) => existsSync(file))
  return system ? { CHROMIUM_PATH: system } : null
}

/** @param {string} address */
async function isReachable(address) {
  try {
    await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) })
    return true
  } catch {
    return false
  }
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const { status } = spawnSync(program, args, {
    env,
    timeout: INSTALL_TIMEOUT_MS,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return status === 0
}
