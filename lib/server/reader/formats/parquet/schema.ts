import 'server-only'
import { Malformed, NotRead } from './malformed'
import { numberField, type ThriftReader } from './thrift'

const PHYSICAL = ['boolean', 'int32', 'int64', 'int96', 'float', 'double', 'bytes', 'fixed'] as const
export type Physical = (typeof PHYSICAL)[number]

export type TimeUnit = 'millis' | 'micros' | 'nanos'

type PlainKind =
  | 'none'
  | 'string'
  | 'bson'
  | 'date'
  | 'uuid'
  | 'float16'
  | 'interval'
  | 'null'
  | 'list'
  | 'map'

/** What the bytes of a value mean. */
export type Meaning =
  | { kind: PlainKind }
  | { kind: 'decimal'; scale: number }
  | { kind: 'time'; unit: TimeUnit }
  | { kind: 'timestamp'; unit: TimeUnit; isUtc: boolean }
  | { kind: 'integer'; bits: number; isSigned: boolean }

export interface SchemaNode {
  name: string
  repetition: 'required' | 'optional' | 'repeated'
  meaning: Meaning
  children: SchemaNode[]
  /** Definition and repetition level of a value that is there. */
  maxDefinition: number
  maxRepetition: number
  /** The columns below it: places in the list of all leaves. */
  firstLeaf: number
  leafCount: number
  physical: Physical | undefined
  /** Bytes of a value of fixed length. */
  fixedLength: number
  path: string[]
}

/** One element of the flat list that a footer holds. */
export interface SchemaElement {
  name: string
  physical: number | undefined
  fixedLength: number
  repetition: number
  childCount: number
  meaning: Meaning
}

const REPETITIONS = ['required', 'optional', 'repeated'] as const
const MAX_DEPTH = 100
const MAX_LEAVES = 100_000
const MAX_SCALE = 1_000

/** Reads one element of the schema. */
function readElement(reader: ThriftReader): SchemaElement {
  const element: SchemaElement = {
    name: '',
    physical: undefined,
    fixedLength: 0,
    repetition: 0,
    childCount: 0,
    meaning: { kind: 'none' },
  }
  let converted: number | undefined
  let logical: Meaning | undefined
  let scale = 0
  reader.struct({
    1: numberField((value) => {
      element.physical = value
    }),
    2: numberField((value) => {
      element.fixedLength = value
    }),
    3: numberField((value) => {
      element.repetition = value
    }),
    4: (_, type) => {
      element.name = reader.text(type)
    },
    5: numberField((value) => {
      element.childCount = value
    }),
    6: numberField((value) => {
      converted = value
    }),
    7: numberField((value) => {
      scale = value
    }),
    10: (_, type) => {
      logical = readLogical(reader, type)
    },
  })
  element.meaning =
    logical ?? (converted === undefined ? { kind: 'none' } : convertedMeaning(converted, scale))
  const { meaning } = element
  if (meaning.kind === 'decimal' && (meaning.scale < 0 || meaning.scale > MAX_SCALE))
    throw new Malformed(`The column ${element.name} has decimals of scale ${meaning.scale}`)
  return element
}

/** The union of the logical types, undefined for those that say nothing about how a value reads. */
function readLogical(reader: ThriftReader, type: number): Meaning | undefined {
  let meaning: Meaning | undefined
  const set = (kind: PlainKind) => (_: ThriftReader, field: number) => {
    reader.skip(field)
    meaning = { kind }
  }
  reader.nested(type, {
    1: set('string'),
    2: set('map'),
    3: set('list'),
    4: set('string'),
    5: (_, field) => {
      let scale = 0
      reader.nested(field, {
        1: numberField((value) => {
          scale = value
        }),
      })
      meaning = { kind: 'decimal', scale }
    },
    6: set('date'),
    7: (_, field) => {
      meaning = { kind: 'time', unit: readTime(reader, field).unit }
    },
    8: (_, field) => {
      meaning = { kind: 'timestamp', ...readTime(reader, field) }
    },
    10: (_, field) => {
      let [bits, isSigned] = [64, true]
      reader.nested(field, {
        1: numberField((value) => {
          bits = value
        }),
        2: (_, kind) => {
          isSigned = reader.boolean(kind)
        },
      })
      meaning = { kind: 'integer', bits, isSigned }
    },
    11: set('null'),
    12: set('string'),
    13: set('bson'),
    14: set('uuid'),
    15: set('float16'),
  })
  return meaning
}

function readTime(reader: ThriftReader, type: number): { unit: TimeUnit; isUtc: boolean } {
  const time: { unit: TimeUnit; isUtc: boolean } = { unit: 'millis', isUtc: false }
  const unit = (name: TimeUnit) => (_: ThriftReader, kind: number) => {
    reader.skip(kind)
    time.unit = name
  }
  reader.nested(type, {
    1: (_, kind) => {
      time.isUtc = reader.boolean(kind)
    },
    2: (_, kind) => reader.nested(kind, { 1: unit('millis'), 2: unit('micros'), 3: unit('nanos') }),
  })
  return time
}

/** What writers said before there were logical types. */
function convertedMeaning(converted: number, scale: number): Meaning {
  switch (converted) {
    case 0:
    case 4:
    case 19:
      return { kind: 'string' }
    case 1:
    case 2:
      return { kind: 'map' }
    case 3:
      return { kind: 'list' }
    case 5:
      return { kind: 'decimal', scale }
    case 6:
      return { kind: 'date' }
    case 7:
    case 8:
      return { kind: 'time', unit: converted === 7 ? 'millis' : 'micros' }
    case 9:
    case 10:
      return { kind: 'timestamp', unit: converted === 9 ? 'millis' : 'micros', isUtc: true }
    case 20:
      return { kind: 'bson' }
    case 21:
      return { kind: 'interval' }
    default:
      if (converted < 11 || converted > 18) return { kind: 'none' }
      return { kind: 'integer', bits: 8 << ((converted - 11) % 4), isSigned: converted >= 15 }
  }
}

/** Adds the elements of the flat list to `elements`; ends at more columns than are read, before all of them are held. */
export function readElements(reader: ThriftReader, type: number, elements: SchemaElement[]): void {
  let leaves = 0
  reader.list(type, (_, index) => {
    const element = readElement(reader)
    elements.push(element)
    // A root without children is no leaf.
    if (element.childCount === 0 && index > 0 && ++leaves > MAX_LEAVES) throw tooManyColumns()
  })
}

const tooManyColumns = () => new NotRead(`It has more than ${MAX_LEAVES} columns`)

/** Builds the tree of a flat list of elements, its leaves in the order of the columns. */
export function buildSchema(elements: readonly SchemaElement[]): { root: SchemaNode; leaves: SchemaNode[] } {
  const leaves: SchemaNode[] = []
  let next = 0
  const build = (parent: SchemaNode | undefined): SchemaNode => {
    const element = elements[next++]
    if (element === undefined) throw new Malformed('The schema ends before all its columns are named')
    const node = toNode(element, parent, leaves.length)
    if (node.path.length > MAX_DEPTH) throw new Malformed('The schema nests too deep')
    // A root without children is no leaf.
    if (element.childCount === 0 && parent !== undefined) leaves.push(node)
    for (let child = 0; child < element.childCount; child++) node.children.push(build(node))
    node.leafCount = leaves.length - node.firstLeaf
    return node
  }
  const root = build(undefined)
  if (next !== elements.length) throw new Malformed('The schema names more columns than it has')
  return { root, leaves }
}

function toNode(element: SchemaElement, parent: SchemaNode | undefined, firstLeaf: number): SchemaNode {
  const repetition = parent === undefined ? 'required' : REPETITIONS[element.repetition]
  if (repetition === undefined) throw new Malformed(`The column ${element.name} repeats in an unknown way`)
  const isLeaf = element.childCount === 0
  const physical = isLeaf ? PHYSICAL[element.physical ?? -1] : undefined
  if (isLeaf && parent !== undefined && physical === undefined)
    throw new Malformed(`The column ${element.name} is of an unknown type`)
  if (physical === 'fixed' && element.fixedLength <= 0)
    throw new Malformed(`The column ${element.name} has values of ${element.fixedLength} bytes`)
  return {
    name: element.name,
    repetition,
    meaning: element.meaning,
    children: [],
    maxDefinition: (parent?.maxDefinition ?? 0) + (repetition === 'required' ? 0 : 1),
    maxRepetition: (parent?.maxRepetition ?? 0) + (repetition === 'repeated' ? 1 : 0),
    firstLeaf,
    leafCount: 0,
    physical,
    fixedLength: element.fixedLength,
    path: parent === undefined ? [] : [...parent.path, element.name],
  }
}
