import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findViolations } from './import-rules.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'launchpad-rules-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Every file imports the others that stand after it; the rules broken by that. */
async function broken(...chain) {
  rmSync(folder, { recursive: true, force: true })
  for (const [index, file] of chain.entries()) {
    const target = path.join(folder, file)
    mkdirSync(path.dirname(target), { recursive: true })
    const next = chain[index + 1]
    const way = next && path.relative(path.dirname(file), next)
    writeFileSync(target, way ? `import '${way.startsWith('.') ? way : `./${way}`}'\n` : 'export {}\n', {
      flag: 'a',
    })
  }
  const violations = await findViolations(folder, [...new Set(chain.map((file) => file.split('/')[0]))])
  return [...new Set(violations.map(({ rule }) => rule.name))].toSorted()
}

const noun = (name) => `lib/server/${name}/commands.js`

test.each([
  ['a page through all layers', ['app/page.js', 'components/a.js', 'lib/client/a.js', 'lib/domain/a.js'], []],
  [
    'a route through all layers',
    ['app/route.js', 'lib/server/http/route.js', 'lib/server/access/act.js', 'lib/server/platform/db.js'],
    [],
  ],
  ['a verb', ['app/route.js', noun('datasets'), 'lib/server/reader/a.js', 'lib/server/platform/a.js'], []],
  ['a job', ['lib/server/jobs/main.js', noun('extensions')], []],
  ['nouns in their order', [noun('overview'), noun('datasets'), noun('connections'), noun('spaces')], []],
  ['nouns against their order', [noun('connections'), noun('datasets')], ['noun-order-connections']],
  [
    'a component that imports the server',
    ['components/a.js', noun('spaces')],
    ['browser-never-reaches-server', 'components-layer'],
  ],
  [
    'a component that reaches it through a page',
    ['components/a.js', 'app/page.js', noun('spaces')],
    ['browser-never-reaches-server', 'components-layer'],
  ],
  [
    'a component that reaches it through the domain',
    ['components/a.js', 'lib/domain/a.js', noun('spaces')],
    ['browser-never-reaches-server', 'domain-is-pure'],
  ],
  ['a page that reaches an adapter', ['app/page.js', 'lib/server/platform/db.js'], ['app-layer']],
  ['an adapter that names a noun', ['lib/server/platform/a.js', noun('nodes')], ['platform-names-no-noun']],
  ['access that names a noun', ['lib/server/access/a.js', noun('nodes')], ['access-names-no-noun']],
  [
    'someone who imports a job',
    [noun('nodes'), 'lib/server/jobs/a.js'],
    ['jobs-is-an-entry', 'nouns-below-http'],
  ],
  ['a folder without a place', ['lib/server/things/a.js', 'lib/domain/a.js'], ['every-folder-has-its-place']],
  ['a cycle', ['lib/domain/a.js', 'lib/domain/b.js', 'lib/domain/a.js'], ['no-cycle']],
  [
    'the embedded servers in the application',
    [noun('nodes'), 'lib/embedded/a.mjs'],
    ['embedded-for-bin', 'server-below-pages'],
  ],
  ['a command that imports the application', ['bin/a.mjs', noun('nodes')], ['bin-is-plain']],
  ['a test, which may', ['bin/a.test.mjs', noun('nodes')], []],
])('%s', async (_, chain, rules) => {
  expect(await broken(...chain)).toEqual(rules)
})
