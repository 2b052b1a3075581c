import 'server-only'
import type { LeafCursor } from './leaf-cursor'
import { Malformed } from './malformed'
import type { SchemaNode } from './schema'
import type { LeafText } from './to-text'

/** Puts records together from the columns of a row group: nested values become JSON, built as text, so that no name can harm. */
export class Assembler {
  constructor(
    private readonly cursors: readonly LeafCursor[],
    private readonly texts: readonly LeafText[],
    /** Throws when a record grows too large. */
    private readonly holdOn: () => void,
  ) {}

  /** Takes the next value of a column; null where it has none. */
  cell(column: SchemaNode): string | null {
    if (column.children.length === 0 && column.repetition !== 'repeated') return this.first(column).take()
    const json = this.json(column)
    return json === 'null' ? null : json
  }

  /** Throws unless all columns are at the beginning of a record. */
  checkAligned(): void {
    for (const { repetition } of this.cursors) {
      if (repetition > 0) throw new Malformed('The columns of a record do not fit one another')
    }
  }

  private first(node: SchemaNode): LeafCursor {
    const cursor = this.cursors[node.firstLeaf]
    if (cursor === undefined) throw new Malformed(`The column ${node.name} has no values`)
    return cursor
  }

  private json(node: SchemaNode): string {
    if (node.repetition === 'repeated') return `[${this.elements(node, () => this.content(node)).join(',')}]`
    if (node.repetition === 'optional' && this.first(node).definition < node.maxDefinition)
      return this.skip(node)
    return this.content(node)
  }

  private content(node: SchemaNode): string {
    if (node.children.length === 0) return this.leafJson(node)
    const only = node.children.length === 1 ? node.children[0] : undefined
    if (only?.repetition === 'repeated') {
      if (node.meaning.kind === 'list') return this.list(node, only)
      if (node.meaning.kind === 'map' && only.children.length === 2) return this.map(only)
    }
    const members = node.children.map((child) => `${JSON.stringify(child.name)}:${this.json(child)}`)
    return `{${members.join(',')}}`
  }

  private leafJson(leaf: SchemaNode): string {
    this.holdOn()
    const value = this.first(leaf).take()
    return value === null ? 'null' : literal(value, this.texts[leaf.firstLeaf]?.isLiteral === true)
  }

  /** Lists are written in three levels; what older writers did is told by names and by what the middle level holds. */
  private list(node: SchemaNode, middle: SchemaNode): string {
    const element = middle.children[0]
    const isOld = middle.name === 'array' || middle.name === `${node.name}_tuple`
    const isElement = element === undefined || middle.children.length > 1 || isOld
    const each = isElement ? () => this.content(middle) : () => this.json(element)
    return `[${this.elements(middle, each).join(',')}]`
  }

  private map(entry: SchemaNode): string {
    const [key, value] = entry.children
    if (key === undefined || value === undefined) throw new Malformed(`The map ${entry.name} has no values`)
    const members = this.elements(entry, () => {
      const name = this.json(key)
      return `${name.startsWith('"') ? name : JSON.stringify(name)}:${this.json(value)}`
    })
    return `{${members.join(',')}}`
  }

  private elements(node: SchemaNode, each: () => string): string[] {
    const cursor = this.first(node)
    if (cursor.definition < node.maxDefinition) {
      this.skip(node)
      return []
    }
    const elements: string[] = []
    do elements.push(each())
    while (cursor.repetition === node.maxRepetition)
    return elements
  }

  /** Nothing is there: each column below has one entry that says so. */
  private skip(node: SchemaNode): 'null' {
    this.holdOn()
    for (let leaf = node.firstLeaf; leaf < node.firstLeaf + node.leafCount; leaf++) {
      const cursor = this.cursors[leaf]
      if (cursor === undefined || cursor.definition >= node.maxDefinition)
        throw new Malformed('The columns of a record do not fit one another')
      cursor.take()
    }
    return 'null'
  }
}

/** A text as JSON; numbers that JSON does not know are texts. */
export function literal(text: string, isLiteral: boolean): string {
  return isLiteral && !/^-?(?:Infinity|NaN)$/.test(text) ? text : JSON.stringify(text)
}
