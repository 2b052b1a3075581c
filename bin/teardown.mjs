/** Collects what has to be taken down, and takes it down in reverse; one step that fails does not keep the others from it. */
export function createTeardown() {
  /** @type {(() => unknown)[]} */
  const steps = []
  return {
    /** @param {() => unknown} step */
    add(step) {
      steps.push(step)
    },
    async run() {
      for (let step = steps.pop(); step; step = steps.pop()) {
        try {
          await step()
        } catch (error) {
          console.error(`While stopping: ${/** @type {Error} */ (error).message}`)
        }
      }
    },
  }
}
