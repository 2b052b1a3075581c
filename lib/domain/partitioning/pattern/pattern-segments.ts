import { contains } from './char-set'
import type { PathPattern } from './path-pattern'
import type { PatternNode } from './pattern-nodes'

const SLASH = 0x2f

/**
 * The nodes of each folder level that a pattern fixes, from the root down: `[[%{node_type}], [%Y], [%M], [%D]]`
 * for `/%{node_type}/%Y/%M/%D/.*`. It ends where a node could take a `/`, or where the pattern does not begin with one.
 */
export const folderLevelsOf = (pattern: PathPattern): PatternNode[][] => readLevels(pattern).levels

/** Whether all files lie in the last of these levels and in no folder below: `/%Y/%M-%D\.log`. */
export const endsInLastLevel = (pattern: PathPattern): boolean => readLevels(pattern).isWhole

function readLevels({ root }: PathPattern): { levels: PatternNode[][]; isWhole: boolean } {
  const levels: PatternNode[][] = []
  let level: PatternNode[] | null = null
  for (const [index, node] of root.nodes.entries()) {
    if (node.kind === 'assertion' && node.source === '^' && index === 0) continue
    if (node.kind !== 'literal') {
      if (level === null || mayTakeSlash(node)) return { levels, isWhole: false }
      level.push(node)
      continue
    }
    const [before = '', ...after] = node.text.split('/')
    if (level === null && before !== '') return { levels, isWhole: false }
    if (before !== '') level?.push({ ...node, text: before })
    for (const text of after) {
      if (level !== null) levels.push(level)
      level = text === '' ? [] : [{ ...node, text }]
    }
  }
  return { levels, isWhole: level !== null }
}

/** How many folder levels the pattern fixes: 4 for `/%{node_type}/%Y/%M/%D/.*`. */
export function countFolderLevels(pattern: PathPattern): number {
  return folderLevelsOf(pattern).length
}

function mayTakeSlash(node: PatternNode): boolean {
  switch (node.kind) {
    case 'time':
    case 'value':
      return false
    case 'literal':
      return node.text.includes('/')
    case 'set':
      return node.unicodeClasses.length > 0 || contains(node.ranges, SLASH)
    case 'repeat':
      return mayTakeSlash(node.node)
    default:
      return true
  }
}
