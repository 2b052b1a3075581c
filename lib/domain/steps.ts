/** Work that is done step by step, so that who runs it may let others have their turn in between; none takes long. */
export type Steps<T> = Generator<void, T, void>

/** Does all steps at once, where nobody waits meanwhile or there are few. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}
