import { spawn } from 'node:child_process'
import path from 'node:path'
import { ROOT } from '../root.mjs'

/** Biome: format, lint, order of imports. */
export async function checkStyle() {
  const { code, output } = await run('@biomejs/biome', 'bin/biome', [
    'ci',
    '--colors=off',
    '--max-diagnostics=60',
    '.',
  ])
  const count = Number(/Checked (\d+) files/.exec(output)?.[1] ?? 0)
  return { count, of: 'files', problems: code === 0 && count > 0 ? [] : [output.trim()] }
}

/** The compiler, over everything that is TypeScript. */
export async function checkTypes() {
  const { code, output } = await run('typescript', 'bin/tsc', [
    '--noEmit',
    '--pretty',
    'false',
    '--diagnostics',
    '-p',
    'tsconfig.json',
  ])
  const count = Number(/^Files:\s+(\d+)/m.exec(output)?.[1] ?? 0)
  const problems = output.split('\n').filter((line) => /: error TS|^error TS/.test(line))
  return { count, of: 'files', problems: code === 0 || problems.length ? problems : [output.trim()] }
}

/** knip: files, exports and packages that nothing uses. */
export async function checkUnused() {
  const { code, output } = await run('knip', 'bin/knip.js', ['--no-progress', '--reporter', 'compact'])
  const problems =
    code === 0
      ? []
      : output
          .split('\n')
          .map((line) => line.trim())
          .filter(Boolean)
  return { count: 1, of: 'tree', problems }
}

/**
 * @param {string} packageName
 * @param {string} script
 * @param {string[]} args
 * @returns {Promise<{ code: number | null, output: string }>}
 */
function run(packageName, script, args) {
  const program = path.join(ROOT, 'node_modules', packageName, script)
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk
      })
    }
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
