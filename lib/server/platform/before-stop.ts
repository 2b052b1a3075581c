import 'server-only'

/** Under this name our HTTP server finds what is to be done before the process ends (bin/web/before-stop.mjs). */
const BEFORE_STOP = Symbol.for('launchpad.before-stop')

type Act = () => Promise<void>

/** Has something done when the process is asked to end: once while its answers may still come to their end, once when none is left. */
export function beforeStop(act: Act): void {
  const place = globalThis as { [BEFORE_STOP]?: Set<Act> }
  place[BEFORE_STOP] ??= new Set()
  place[BEFORE_STOP].add(act)
}
