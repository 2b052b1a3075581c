import type { Draft, DraftSave } from '#lib/domain/datasets/draft-wire'

type Settings = DraftSave['settings']

/** How the draft stands on the server. */
export type SaveStatus =
  | { kind: 'none' }
  | { kind: 'saving' }
  | { kind: 'saved'; at: string }
  /** The server did not take it; it is tried again. */
  | { kind: 'waiting'; message: string }
  /** Another tab saved it in between. */
  | { kind: 'conflict'; theirs: Draft }
  /** It was discarded or finished elsewhere, or the right to write is gone. */
  | { kind: 'gone'; message: string }

/** What a refused save means. */
export type SaveRefusal =
  | { kind: 'conflict'; theirs: Draft }
  | { kind: 'gone'; message: string }
  | { kind: 'retry'; message: string }

export interface DraftSaverOptions {
  opened: { id: string; version: number } | null
  create: (settings: Settings) => Promise<Draft>
  save: (id: string, input: DraftSave) => Promise<Draft>
  explain: (error: unknown) => SaveRefusal
  onStatus: (status: SaveStatus) => void
  onSaved: (draft: Draft) => void
}

/** From the last change to its save. */
export const SAVE_DELAY_MS = 600
export const RETRY_DELAY_MS = 3_000

/**
 * Saves what changes, one request at a time and the newest settings only. The first change makes the draft at once; the
 * others wait until one pauses. After a conflict nothing is saved until the person has chosen.
 */
export function createDraftSaver({ opened, create, save, explain, onStatus, onSaved }: DraftSaverOptions) {
  let draft = opened
  let wanted: Settings | null = null
  let busy = false
  let held: 'conflict' | 'gone' | 'paused' | null = null
  const timer = createTimer(flush)

  async function push(settings: Settings) {
    wanted = null
    busy = true
    onStatus({ kind: 'saving' })
    try {
      const saved = await (draft ? save(draft.id, { version: draft.version, settings }) : create(settings))
      draft = { id: saved.id, version: saved.version }
      onSaved(saved)
      onStatus({ kind: 'saved', at: saved.updatedAt })
    } catch (error) {
      wanted ??= settings
      refuse(explain(error))
    }
    busy = false
    if (wanted && !timer.runs()) flush()
  }

  function refuse(refusal: SaveRefusal) {
    if (refusal.kind === 'retry') {
      onStatus({ kind: 'waiting', message: refusal.message })
      timer.start(RETRY_DELAY_MS)
      return
    }
    if (held !== 'paused') held = refusal.kind
    onStatus(refusal)
  }

  /** Sends what waits now, as when the page is being left. */
  function flush() {
    timer.stop()
    if (wanted && !busy && !held) void push(wanted)
  }

  return {
    flush,
    idNow: () => draft?.id,
    change(settings: Settings) {
      wanted = settings
      if (!held) timer.start(draft ? SAVE_DELAY_MS : 0)
    },
    /** Goes on from what another tab saved; without settings of one's own nothing is sent. */
    goOnFrom(theirs: Draft, mine: Settings | null) {
      draft = { id: theirs.id, version: theirs.version }
      held = null
      wanted = mine
      onStatus({ kind: 'saved', at: theirs.updatedAt })
      flush()
    },
    /** Begins a new draft with these settings, since the old one is gone. */
    beginAgain(settings: Settings) {
      draft = null
      held = null
      wanted = settings
      flush()
    },
    /** Nothing is sent until `resume`: the dataset is being created, or the draft discarded. */
    pause() {
      timer.stop()
      held = 'paused'
    },
    resume() {
      held = null
      flush()
    },
  }
}

/** Calls `then` once, so long after the latest start. */
function createTimer(then: () => void) {
  let timer: ReturnType<typeof setTimeout> | undefined
  function stop() {
    clearTimeout(timer)
    timer = undefined
  }
  return {
    stop,
    runs: () => timer !== undefined,
    start(delayMs: number) {
      stop()
      timer = setTimeout(then, delayMs)
    },
  }
}
