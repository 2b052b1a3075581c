import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { ROOT } from '../root.mjs'

const cli = createRequire(import.meta.url).resolve('@playwright/test/cli')

test('npm run shots takes pictures and runs no journey', () => {
  const listed = execFileSync(process.execPath, [cli, 'test', '--config', 'e2e/shots.config.ts', '--list'], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  const files = new Set(listed.match(/[a-z-]+\.(spec\.)?ts(?=:\d)/g))
  expect(files).toEqual(new Set(['shots.ts']))
})
