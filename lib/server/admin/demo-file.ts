import 'server-only'
import { chmodSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod'

const login = z.object({ login: z.string(), email: z.string(), password: z.string(), apiKey: z.string() })
const demoFile = z.object({ url: z.string(), admin: login, analyst: login })
/** A person of the demo, as whoever tries it signs in. */
export type DemoLogin = z.infer<typeof login>
export type DemoFile = z.infer<typeof demoFile>

/** What demo.json says; null before the first demo. */
export function readDemoFile(file: string): DemoFile | null {
  try {
    return demoFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw new Error(`${file} cannot be read as the demo's logins. Move it away, or set LAUNCHPAD_HOME.`, {
      cause: error,
    })
  }
}

/** Replaces demo.json as a whole, readable by its owner alone. */
export function writeDemoFile(file: string, demo: DemoFile): void {
  const fresh = `${file}.${process.pid}`
  writeFileSync(fresh, `${JSON.stringify(demo, null, 2)}\n`, { mode: 0o600, flush: true })
  chmodSync(fresh, 0o600)
  renameSync(fresh, file)
}
