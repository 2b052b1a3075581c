import type { Capture } from './automaton'
import { isFree } from './direct-steps'
import type { PatternNode } from './pattern-nodes'
import { compileRe2Program } from './re2-program'

/** A matcher of any nodes on the RE2 engine. */
export function createRe2Capture(
  nodes: readonly PatternNode[],
  slotOf: (node: PatternNode) => number,
): Capture {
  const last = nodes.at(-1)
  const isOpen = last?.kind === 'repeat' && last.min === 0 && isFree(last)
  // Whatever matches up to a closing `.*` matches with it, and in the same way: the engine may stop there.
  const { expression, captured } = compileRe2Program(isOpen ? nodes.slice(0, -1) : nodes)
  const slots = captured.map(slotOf)
  if (slots.length === 0 && !isOpen) return (path, from) => expression.testExact(path.slice(from))
  return (path, from, offsets) => {
    const matcher = expression.matcher(from === 0 ? path : path.slice(from))
    if (!(isOpen ? matcher.lookingAt() : matcher.matches())) return false
    for (let index = 0; index < slots.length; index++) {
      const slot = slots[index] as number
      offsets[2 * slot] = from + matcher.start(index + 1)
      offsets[2 * slot + 1] = from + matcher.end(index + 1)
    }
    return true
  }
}
