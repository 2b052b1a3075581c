'use client'

import { Fragment } from 'react'
import { Badge } from '#components/ui/badge'
import { Code } from '#components/ui/code'
import { type Column, Table } from '#components/ui/table'
import { curlExample } from '#lib/domain/openapi/curl-example'
import type { JsonSchema, OpenApiDocument, Operation, Parameter } from '#lib/domain/openapi/document'
import { printSchema } from '#lib/domain/openapi/print-schema'

interface OperationCardProps {
  operation: Operation
  document: OpenApiDocument
}

/** One method of one address; what belongs to it unfolds. */
export function OperationCard({ operation, document }: OperationCardProps) {
  const { method, path, summary } = operation
  return (
    <details className="card api-operation">
      <summary className="row wrap p-3">
        <Badge mono tone={method === 'GET' ? 'info' : method === 'DELETE' ? 'bad' : 'accent'}>
          {method}
        </Badge>
        <code className="mono min-w-0 wrap-anywhere">
          <Address path={path} />
        </code>
        <span className="muted min-w-0 wrap-anywhere">{summary}</span>
      </summary>
      <Unfolded operation={operation} document={document} />
    </details>
  )
}

/** An address that breaks behind its slashes rather than within a word. */
const Address = ({ path }: { path: string }) =>
  path.split(/(?<=\/)/).map((part, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one address stay where they are
    <Fragment key={place}>
      {part}
      <wbr />
    </Fragment>
  ))

function Unfolded({ operation, document }: OperationCardProps) {
  const { parameters, requestBody, responses, security } = operation
  const schemas = document.components?.schemas ?? {}
  const print = (schema: JsonSchema) => printSchema(schema, schemas)
  const body = requestBody?.content['application/json']?.schema
  const origin = typeof window === 'undefined' ? '' : window.location.origin
  return (
    <div className="stack p-4 pt-0">
      <p className="small muted">{sayAudience(security)}</p>
      {parameters.length > 0 && (
        <Table
          label="Parameters"
          columns={parameterColumns(print)}
          rows={parameters}
          rowKey={(one) => `${one.in} ${one.name}`}
        />
      )}
      {body && (
        <div>
          <h4>Body</h4>
          <Code label="Body" value={print(body)} />
        </div>
      )}
      {Object.entries(responses).map(([status, { description, content = {} }]) => {
        const [[type, answer] = []] = Object.entries(content)
        return (
          <div key={status}>
            <h4 className="wrap-anywhere">
              {status === 'default' ? 'Errors' : status} <span className="muted small">{description}</span>
            </h4>
            {answer?.schema && <Code label={`Answer, ${type}`} value={print(answer.schema)} />}
          </div>
        )
      })}
      <div>
        <h4>Example</h4>
        <Code label="Example" value={curlExample(operation, document, origin)} />
      </div>
    </div>
  )
}

const parameterColumns = (print: (schema: JsonSchema) => string): Column<Parameter>[] => [
  {
    id: 'name',
    header: 'Parameter',
    look: 'mono',
    card: 'head',
    cell: ({ name }) => <span className="wrap-anywhere">{name}</span>,
  },
  { id: 'in', header: 'In', cell: (one) => one.in },
  { id: 'required', header: 'Required', cell: ({ required }) => (required ? 'yes' : 'no') },
  {
    id: 'type',
    header: 'Type',
    look: 'mono',
    cell: ({ schema }) => (
      <span className="whitespace-normal wrap-anywhere">{schema ? print(schema) : 'string'}</span>
    ),
  },
]

function sayAudience(security: Operation['security']): string {
  const kinds = new Set(security.flatMap((one) => Object.keys(one)))
  if (kinds.has('node')) return 'Needs the token of a node.'
  if (kinds.has('session')) return 'Needs an API key, or the session of a browser.'
  return kinds.size > 0 ? 'Needs an API key; cookies are ignored.' : 'Needs nobody to be signed in.'
}
