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

const TICKS_A_SECOND = 100

/** The time of processors that web of a running copy has taken so far, in milliseconds, in steps of 10. */
export function processorMsOfWeb(home: string): number {
  const stat = readFileSync(`/proc/${pidOfWeb(home)}/stat`, 'utf8')
  // Behind the name, which may hold anything; the 14th and 15th field of all.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_A_SECOND
}
