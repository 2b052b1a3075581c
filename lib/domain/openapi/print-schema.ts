import type { JsonSchema, OpenApiDocument } from './document'

const MOST_DEPTH = 6
type Schemas = NonNullable<OpenApiDocument['components']>['schemas']

/**
 * Prints a JSON schema as a type that people read, one property a line.
 * @example printSchema({ type: 'object', properties: { a: { type: 'string' } } }, {}) // "{\n  a?: string\n}"
 */
export function printSchema(schema: JsonSchema, schemas: Schemas, depth = 0): string {
  const known = schema.$ref && schemas[schema.$ref.split('/').at(-1) ?? '']
  if (known) return printSchema(known, schemas, depth)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return [...new Set(choices.map((one) => printSchema(one, schemas, depth)))].join(' | ')
  if (schema.allOf) return schema.allOf.map((one) => printSchema(one, schemas, depth)).join(' & ')
  if (Array.isArray(schema.type)) return schema.type.join(' | ')
  if (schema.type === 'array') return printList(schema, schemas, depth)
  if (schema.type === 'object' || schema.properties) return printObject(schema, schemas, depth)
  return schema.format ? `${schema.type ?? 'any'} (${schema.format})` : (schema.type ?? 'any')
}

function printList({ items }: JsonSchema, schemas: Schemas, depth: number): string {
  const item = items ? printSchema(items, schemas, depth) : 'any'
  return item.includes(' | ') ? `(${item})[]` : `${item}[]`
}

function printObject(schema: JsonSchema, schemas: Schemas, depth: number): string {
  const { properties = {}, required = [], additionalProperties: more } = schema
  if (depth >= MOST_DEPTH) return '{ … }'
  const indent = '  '.repeat(depth + 1)
  const lines = Object.entries(properties).map(([name, one]) => {
    const type = printSchema(one, schemas, depth + 1)
    const note = one.description ? `  // ${one.description}` : ''
    return `${indent}${name}${required.includes(name) ? '' : '?'}: ${type}${note}`
  })
  if (typeof more === 'object' && Object.keys(more).length > 0)
    lines.push(`${indent}[name]: ${printSchema(more, schemas, depth + 1)}`)
  else if (more !== false && more !== undefined) lines.push(`${indent}[name]: any`)
  if (lines.length === 0) return '{}'
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`
}

/** A value of the shape, with the properties that must be there: where somebody's own request begins. */
export function exampleOf(schema: JsonSchema, schemas: Schemas, depth = 0): unknown {
  const known = schema.$ref && schemas[schema.$ref.split('/').at(-1) ?? '']
  if (known) return exampleOf(known, schemas, depth)
  if (schema.const !== undefined) return schema.const
  if (schema.default !== undefined) return schema.default
  if (schema.enum) return schema.enum[0]
  const [choice] = schema.anyOf ?? schema.oneOf ?? schema.allOf ?? []
  if (choice) return exampleOf(choice, schemas, depth)
  const [type] = [schema.type].flat()
  if (type === 'array' && schema.items && depth < MOST_DEPTH)
    return Array.from({ length: schema.minItems ?? 0 }, () =>
      exampleOf(schema.items ?? {}, schemas, depth + 1),
    )
  if (type === 'array' || depth >= MOST_DEPTH) return []
  if (type === 'object' || schema.properties) {
    const { properties = {}, required = [] } = schema
    return Object.fromEntries(
      required.flatMap((name) => {
        const one = properties[name]
        return one ? [[name, exampleOf(one, schemas, depth + 1)]] : []
      }),
    )
  }
  if (type === 'boolean') return false
  return type === 'integer' || type === 'number' ? 1 : textOf(schema)
}

/** Texts for whatever a schema asks of one: nothing, a name, a key, an address, a moment, an id. */
const TEXTS = [
  '',
  'text',
  'TEXT',
  'ann@example.com',
  '2026-11-22T12:00:00.000Z',
  '01a20742-192c-732c-9c5e-983b0b130b5f',
]

function textOf({ minLength = 0, pattern }: JsonSchema): string {
  const form = pattern === undefined ? /(?:)/ : new RegExp(pattern)
  return TEXTS.find((text) => text.length >= minLength && form.test(text)) ?? 'x'.repeat(minLength)
}
