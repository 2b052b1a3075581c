import { readFileSync } from 'node:fs'
import path from 'node:path'

const PAGE_BYTES = 4096

/** The process that is web of a running copy, as the supervisor wrote it down. */
export function pidOfWeb(home: string): number {
  const processes = JSON.parse(readFileSync(path.join(home, 'processes.json'), 'utf8')) as { pid: number }[]
  const web = processes.find(({ pid }) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bin/server.mjs'),
  )
  if (web === undefined) throw new Error('web does not run')
  return web.pid
}

/** What web of a running copy holds. */
export function residentBytesOfWeb(home: string): number {
  return Number(readFileSync(`/proc/${pidOfWeb(home)}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
}
