import { readFileSync } from 'node:fs'
import path from 'node:path'

const PAGE_BYTES = 4096

/** What web of a running copy holds, read off the process that the supervisor wrote down. */
export function residentBytesOfWeb(home: string): number {
  const processes = JSON.parse(readFileSync(path.join(home, 'processes.json'), 'utf8')) as { pid: number }[]
  const web = processes.find(({ pid }) =>
    readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bin/server.mjs'),
  )
  const pages = web ? readFileSync(`/proc/${web.pid}/statm`, 'utf8').split(' ')[1] : undefined
  return pages === undefined ? Number.NaN : Number(pages) * PAGE_BYTES
}
