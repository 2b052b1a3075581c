import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cruise } from 'dependency-cruiser'
import { ROOT } from '../root.mjs'
import { withShadowTree } from './shadow-tree.mjs'

const GENERATED = 'lib/server/platform/db/generated'
const SCANNED = /^(?:app|components|lib|bin|bench|e2e)\/.*\.(?:tsx?|mts|mjs|js|cjs)$/

/**
 * Holds every import of the tree against the rules of .dependency-cruiser.cjs.
 * @param {string[]} files
 */
export async function checkImports(files) {
  const scanned = [...files, ...listGenerated()].filter(
    (file) => SCANNED.test(file) && !file.endsWith('.d.ts'),
  )
  const roots = [...new Set(scanned.map((file) => file.split('/')[0] ?? ''))]
  return withShadowTree(scanned, async (folder) => {
    const violations = await findViolations(folder, roots)
    return { count: scanned.length, of: 'files', problems: violations.map(describe) }
  })
}

/**
 * The imports below `folder`, a tree of plain JavaScript, that break a rule.
 * @param {string} folder
 * @param {string[]} roots its folders to look at
 */
export async function findViolations(folder, roots) {
  const rules = createRequire(import.meta.url)(path.join(ROOT, '.dependency-cruiser.cjs'))
  const { output } = await cruise(roots, {
    ...rules.options,
    baseDir: folder,
    validate: true,
    ruleSet: { forbidden: rules.forbidden },
  })
  return /** @type {import('dependency-cruiser').ICruiseResult} */ (output).summary.violations
}

/** Git does not know the generated client, yet imports of it lead somewhere. */
function listGenerated() {
  return readdirSync(path.join(ROOT, GENERATED), { recursive: true }).map((name) =>
    path.join(GENERATED, String(name)),
  )
}

/** @param {import('dependency-cruiser').IViolation} violation */
function describe({ from, to, rule, cycle, via }) {
  const way = (cycle ?? via ?? []).map(({ name }) => name)
  return `${from} → ${way.length ? way.join(' → ') : to}: ${rule.name}`
}
