import 'server-only'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Steps } from '#lib/domain/steps'

/** How long work goes on before sockets, timers and queries have their turn. */
const SLICE_MS = 10

let began = 0
let turn: Promise<unknown> | undefined

/**
 * Asks work that never has to wait to give way: a promise to await once all such work of this process has had its slice since
 * the event loop last went round, else undefined.
 */
export function giveWay(): Promise<unknown> | undefined {
  if (turn === undefined) {
    began = performance.now()
    turn = nextTurn().then(() => {
      turn = undefined
    })
    return undefined
  }
  return performance.now() - began < SLICE_MS ? undefined : turn
}

/**
 * Gives values as they come, yet lets the event loop go round in between. A source whose bytes are always there, read by who
 * takes them at once, would else run from one socket event to its end: timers are late and queries time out meanwhile.
 */
export async function* inSlices<T>(values: AsyncIterable<T>): AsyncGenerator<T, void> {
  for await (const value of values) {
    const turn = giveWay()
    if (turn !== undefined) await turn
    yield value
  }
}

/** Does all steps, and lets the event loop go round in between. */
export async function finishInSlices<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
    const turn = giveWay()
    if (turn !== undefined) await turn
  }
}
