import { expect } from '@playwright/test'
import * as z from 'zod'
import {
  groupOperations,
  type JsonSchema,
  type OpenApiDocument,
  type Operation,
} from '../../../lib/domain/openapi/document'
import type { Answered } from '../http'
import type { Ask } from './row'

/** What the application tells of its API to who writes clients, to be held against what it does. */
export class Description {
  readonly operations: readonly Operation[]
  private readonly schemas: Record<string, JsonSchema>
  private readonly parsers = new Map<JsonSchema, z.ZodType>()

  constructor(document: OpenApiDocument) {
    // As the reader of schemas looks references up.
    const text = JSON.stringify(document).replaceAll('#/components/schemas/', '#/$defs/')
    const { components, ...rest } = JSON.parse(text) as OpenApiDocument
    this.schemas = components?.schemas ?? {}
    this.operations = groupOperations({ ...rest, components }).flatMap((group) => group.operations)
  }

  of({ method, path }: { method: string; path: string }): Operation {
    const found = this.operations.find((one) => one.method === method && one.path === path)
    if (!found) throw new Error(`The description of the API does not have ${method} ${path}.`)
    return found
  }

  /** What is wrong with a value by a schema of the document; undefined where nothing is. */
  faultOf(schema: JsonSchema, value: unknown): string | undefined {
    const parser = this.parsers.get(schema) ?? this.parserOf(schema)
    this.parsers.set(schema, parser)
    return parser.safeParse(value).error?.message
  }

  /** An example of a schema may need what it refers to. */
  get references(): Record<string, JsonSchema> {
    return this.schemas
  }

  /** Fails for what the description does not say of a request that was let in, and of its answer. */
  expectAnswered(operation: Operation, sent: Ask, answer: Answered): void {
    const { parameters, requestBody, responses } = operation
    const queries = parameters.filter((one) => one.in === 'query').map(({ name }) => name)
    expect(queries, 'the query').toEqual(expect.arrayContaining(Object.keys(sent.query ?? {})))
    // An empty object is what no body is read as.
    const body = requestBody?.content['application/json']?.schema
    if (Object.keys(sent.body ?? {}).length > 0) expect(requestBody, 'a body').toBeDefined()
    if (body && sent.body !== undefined) expect(this.faultOf(body, sent.body), 'the body').toBeUndefined()
    expect(Object.keys(responses), 'the status').toContain(`${answer.status}`)
    this.expectContent(responses[`${answer.status}`], answer)
  }

  /** The same of a refusal. */
  expectRefused({ responses }: Operation, answer: Answered): void {
    this.expectContent(responses.default, answer)
  }

  private expectContent(response: Operation['responses'][string] | undefined, answer: Answered): void {
    const content = Object.entries(response?.content ?? {})
    if (content.length === 0) {
      expect(answer.text, 'an answer without a body').toBe('')
      return
    }
    const type = typeOf(answer.headers['content-type'] ?? '')
    expect(
      content.map(([name]) => typeOf(name)),
      'the type',
    ).toContain(type)
    const schema = content.find(([name]) => typeOf(name) === type)?.[1].schema
    if (schema && /\/(problem\+)?json\b/.test(type))
      expect(this.faultOf(schema, JSON.parse(answer.text)), answer.text.slice(0, 400)).toBeUndefined()
  }

  private parserOf(schema: JsonSchema): z.ZodType {
    const whole = describeRequired({ ...schema, $defs: this.schemas })
    return z.fromJSONSchema(whole as Parameters<typeof z.fromJSONSchema>[0])
  }
}

/** Gives each key that is required a property: the reader of schemas asks for no other, nor looks at them. */
function describeRequired(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(describeRequired)
  if (typeof schema !== 'object' || schema === null) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, one]) => [key, describeRequired(one)]))
  const { required, properties, additionalProperties: others = {} } = inner
  // A property may have this name as well.
  if (!Array.isArray(required)) return inner
  const missing = required.map((name): [string, unknown] => [name, others === true ? {} : others])
  return { ...inner, properties: { ...Object.fromEntries(missing), ...(properties ?? {}) } }
}

/** A content type and its parameters, as texts that can be compared. */
const typeOf = (contentType: string) => contentType.replace(/\s*;\s*/g, ';').toLowerCase()
