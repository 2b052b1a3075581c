import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'

/** Lets the object store of a copy stand still: whoever asks it waits. Returns what lets it go on. */
export function pauseStore(home: string): () => void {
  const processes = JSON.parse(readFileSync(path.join(home, 'processes.json'), 'utf8')) as { pid: number }[]
  const store = processes.find(({ pid }) =>
    execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes('embedded/s3/'),
  )
  if (!store) throw new Error(`no object store runs for ${home}`)
  process.kill(store.pid, 'SIGSTOP')
  return () => process.kill(store.pid, 'SIGCONT')
}
