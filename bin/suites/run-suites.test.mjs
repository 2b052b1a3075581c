import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { runAll } from './run-suites.mjs'

/** Suites that note when they begin and end; `unit` goes on until `e2e` has run. */
async function run(names) {
  const home = mkdtempSync(path.join(tmpdir(), 'launchpad-suites-'))
  const told = []
  const afterAll = Promise.withResolvers()
  const suite = (name, count) => async (context) => {
    told.push(`${name} begins`)
    if (context.log) writeFileSync(context.log, 'said by unit')
    if (name === 'unit' && context.log) await afterAll.promise
    if (name === 'e2e') afterAll.resolve()
    told.push(`${name} ends`)
    return { passed: count, failed: 0 }
  }
  const suites = { check: suite('check', 1), unit: suite('unit', 2), e2e: suite('e2e', 3) }
  const lines = vi.spyOn(console, 'log').mockImplementation(() => {})
  const output = vi.spyOn(process.stdout, 'write').mockImplementation(() => true)
  try {
    const signal = new AbortController().signal
    const results = await runAll(names, { env: { LAUNCHPAD_HOME: home }, args: [] }, signal, suites)
    return { results, told, shown: output.mock.calls.map(([text]) => String(text)) }
  } finally {
    lines.mockRestore()
    output.mockRestore()
    rmSync(home, { recursive: true, force: true })
  }
}

test('unit tests run beside all other suites, and are told in their place', async () => {
  const { results, told, shown } = await run(['check', 'unit', 'e2e'])
  expect(told).toEqual(['unit begins', 'check begins', 'check ends', 'e2e begins', 'e2e ends', 'unit ends'])
  expect(results).toEqual([
    { name: 'check', passed: 1, failed: 0 },
    { name: 'unit', passed: 2, failed: 0 },
    { name: 'e2e', passed: 3, failed: 0 },
  ])
  expect(shown).toEqual(['said by unit'])
})

test('a suite alone is shown as it runs', async () => {
  const { results, shown } = await run(['unit'])
  expect(results).toEqual([{ name: 'unit', passed: 2, failed: 0 }])
  expect(shown).toEqual([])
})
