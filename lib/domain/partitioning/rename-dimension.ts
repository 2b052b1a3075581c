import { collectSpecifiers, type ValueNode } from './pattern/pattern-nodes'
import { readPatternSyntax } from './pattern/pattern-reader'
import type { PartitioningWire } from './wire'

interface Partitioning {
  dimensions: PartitioningWire['dimensions']
  filePathPattern: string
}
type Dimension = PartitioningWire['dimensions'][number]

/**
 * Gives the partitioning with another name for the dimension at `index`; a discrete one takes its specifier in the pattern
 * along. The pattern waits while the name is none, or another dimension's: names are typed, and pass through such.
 * @example `%{old}` becomes `%{new}`; `old` → `` → `n` leaves `%{old}` and then makes it `%{n}`
 */
export function renameDimension(partitioning: Partitioning, index: number, name: string): Partitioning {
  const { dimensions, filePathPattern } = partitioning
  const before = dimensions[index]
  if (!before) return partitioning
  const others = dimensions.filter((_, at) => at !== index)
  const specifier = before.type === 'value' ? findSpecifier(filePathPattern, before, others) : undefined
  const follows = specifier !== undefined && canStandFor(name, others)
  return {
    dimensions: dimensions.map((dimension, at) => (at === index ? { ...dimension, name } : dimension)),
    filePathPattern: follows
      ? `${filePathPattern.slice(0, specifier.start)}%{${name}}${filePathPattern.slice(specifier.end)}`
      : filePathPattern,
  }
}

/** The specifier of a dimension: by its name, or where that says nothing the only one that no dimension is named by. */
function findSpecifier(
  pattern: string,
  { name }: Dimension,
  others: readonly Dimension[],
): ValueNode | undefined {
  const specifiers = collectSpecifiers(readPatternSyntax(pattern).root).filter(
    (node) => node.kind === 'value',
  )
  if (canStandFor(name, others)) return specifiers.find(({ dimension }) => dimension === name)
  const unnamed = specifiers.filter(({ dimension }) => !isTaken(dimension, others))
  return unnamed.length === 1 ? unnamed[0] : undefined
}

/** Whether a specifier of this name can be written, and is told from those of the others. */
const canStandFor = (name: string, others: readonly Dimension[]): boolean =>
  name !== '' && !/[{}/%]/.test(name) && !isTaken(name, others)

const isTaken = (name: string, dimensions: readonly Dimension[]): boolean =>
  dimensions.some((dimension) => dimension.name === name)
