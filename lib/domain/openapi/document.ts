import * as z from 'zod'

/** A JSON schema as the build writes them; only what is printed is looked at. */
export interface JsonSchema {
  $ref?: string | undefined
  type?: string | string[] | undefined
  enum?: unknown[] | undefined
  const?: unknown
  anyOf?: JsonSchema[] | undefined
  oneOf?: JsonSchema[] | undefined
  allOf?: JsonSchema[] | undefined
  items?: JsonSchema | undefined
  properties?: Record<string, JsonSchema> | undefined
  additionalProperties?: boolean | JsonSchema | undefined
  required?: string[] | undefined
  default?: unknown
  description?: string | undefined
  format?: string | undefined
  pattern?: string | undefined
  minLength?: number | undefined
  minItems?: number | undefined
}

const schema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    enum: z.array(z.unknown()).optional(),
    anyOf: z.array(schema).optional(),
    oneOf: z.array(schema).optional(),
    allOf: z.array(schema).optional(),
    items: schema.optional(),
    properties: z.record(z.string(), schema).optional(),
    additionalProperties: z.union([z.boolean(), schema]).optional(),
    required: z.array(z.string()).optional(),
    description: z.string().optional(),
    format: z.string().optional(),
    pattern: z.string().optional(),
    minLength: z.number().optional(),
    minItems: z.number().optional(),
  }),
)

const content = z.record(z.string(), z.looseObject({ schema: schema.optional() }))
const parameter = z.looseObject({
  in: z.string(),
  name: z.string(),
  required: z.boolean().default(false),
  schema: schema.optional(),
})
export type Parameter = z.infer<typeof parameter>

const operation = z.looseObject({
  summary: z.string().default(''),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z.array(parameter).default([]),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ description: z.string(), content: content.optional() })),
})

/** As much of an OpenAPI document as its page shows. */
export const openApiDocument = z.looseObject({
  info: z.looseObject({ version: z.string(), description: z.string().default('') }),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.looseObject({ schemas: z.record(z.string(), schema).default({}) }).optional(),
})
export type OpenApiDocument = z.infer<typeof openApiDocument>

/** One method of one address. */
export interface Operation extends z.infer<typeof operation> {
  /** `"get /api/jobs/{jobId}"`, unique. */
  id: string
  method: string
  path: string
}

export interface OperationGroup {
  name: string
  operations: Operation[]
}

/** The operations by what they are about: the first word of the address, the API of DSS clients as groups of its own. */
export function groupOperations({ paths }: OpenApiDocument): OperationGroup[] {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      ...one,
      id: `${method} ${path}`,
      method: method.toUpperCase(),
      path,
    })),
  )
  const groups = Map.groupBy(operations, ({ path }) => groupOf(path))
  return [...groups]
    .map(([name, of]) => ({ name, operations: of }))
    .sort((a, b) => Number(isOfDss(a)) - Number(isOfDss(b)) || (a.name < b.name ? -1 : 1))
}

const isOfDss = ({ name }: OperationGroup) => name.startsWith(DSS)
const DSS = 'DSS client: '

function groupOf(path: string): string {
  const [first = '', second = '', third = '', , fifth] = path.split('/').filter(Boolean)
  if (first === 'dip') return `${DSS}${third === 'projects' && fifth ? fifth : third}`
  const [, , , nested] = path.split('/').filter(Boolean)
  return second === 'projects' && nested ? nested : second
}

/** The operations whose address, method or summary holds every word. */
export function searchOperations(groups: readonly OperationGroup[], text: string): OperationGroup[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const holds = ({ method, path, summary }: Operation) => {
    const all = `${method} ${path} ${summary}`.toLowerCase()
    return words.every((word) => all.includes(word))
  }
  return groups
    .map(({ name, operations }) => ({ name, operations: operations.filter(holds) }))
    .filter(({ operations }) => operations.length > 0)
}
