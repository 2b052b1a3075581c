import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { transformSync } from 'esbuild'
import { ROOT } from '../root.mjs'

/** Where a file of the tree stands in its shadow: `"lib/domain/errors.ts"` → `"lib/domain/errors.js"`. @param {string} file */
export const shadowName = (file) => file.replace(/\.(?:tsx?|mts)$/, '.js')

/**
 * Writes the tree again as plain JavaScript, imports of types included, and calls `work` with its folder.
 * dependency-cruiser reads TypeScript only through compilers up to version 6.
 * @template T
 * @param {string[]} files
 * @param {(folder: string) => Promise<T>} work
 */
export async function withShadowTree(files, work) {
  const folder = mkdtempSync(path.join(tmpdir(), 'launchpad-imports-'))
  try {
    for (const file of files) writeShadow(folder, file)
    const manifest = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'))
    for (const [name, target] of Object.entries(manifest.imports)) manifest.imports[name] = shadowName(target)
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest))
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'))
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder @param {string} file */
function writeShadow(folder, file) {
  const target = path.join(folder, shadowName(file))
  mkdirSync(path.dirname(target), { recursive: true })
  writeFileSync(target, toJavaScript(file, readFileSync(path.join(ROOT, file), 'utf8')))
}

/**
 * @param {string} file
 * @param {string} source
 */
export function toJavaScript(file, source) {
  if (!/\.(?:tsx?|mts)$/.test(file)) return source
  // The compiler drops `import type`; for the rules a type is a dependency like any other.
  const kept = source
    .replace(/^(\s*import)\s+type\s+(?!from\b)/gm, '$1 ')
    .replace(/^(\s*export)\s+type\s+(?=\*|\{[^}]*\}\s*from\b)/gm, '$1 ')
  return transformSync(kept, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    jsx: 'transform',
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true, experimentalDecorators: false } },
  }).code
}
