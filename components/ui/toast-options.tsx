/** How long a change can be undone from its toast. */
export const UNDO_MS = 10_000

export interface ToastOptions {
  /** Takes the change back; offered for ten seconds. */
  onUndo?: () => void
  /** Takes the toast down when aborted: what it offers cannot be done any more. */
  until?: AbortSignal
}
