import 'server-only'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'
import type { CrashPoint } from '../../platform/crash-point'

const PROGRAMS = {
  delivery: 'lib/server/testing/fire/delivery-process.ts',
  intake: 'lib/server/testing/fire/intake-process.ts',
}
export type Program = keyof typeof PROGRAMS

/** Bundles the processes of the fire test as the worker is bundled; the result removes them. */
export async function bundlePrograms(): Promise<{ folder: string; remove: () => void }> {
  // Below the project, so that packages are found.
  const folder = mkdtempSync(path.join(process.cwd(), 'node_modules/.fire-'))
  await build({
    entryPoints: PROGRAMS,
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    conditions: ['react-server'],
    alias: { 'server-only': './lib/server/platform/empty.ts' },
    logLevel: 'error',
  })
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Running {
  child: ChildProcess
  /** Of an intake. */
  port: number
  ended: Promise<unknown>
}

/** Starts one process and waits until it is ready. */
export async function startProgram(
  folder: string,
  program: Program,
  env: Record<string, string>,
  crashAt?: CrashPoint,
): Promise<Running> {
  const child = spawn(process.execPath, [path.join(folder, `${program}.mjs`)], {
    env: {
      ...process.env,
      ...env,
      LAUNCHPAD_TESTING: '1',
      ...(crashAt ? { LAUNCHPAD_CRASH_AT: crashAt } : {}),
    },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const message = await Promise.race([once(child, 'message'), ended])
  const [{ ready, port = 0 } = { ready: false }] = message as [{ ready: boolean; port?: number }]
  if (!ready) throw new Error(`the process ${program} ended before it was ready`)
  return { child, port, ended }
}
