import type { OpenApiDocument, Operation } from './document'
import { exampleOf } from './print-schema'

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/**
 * A request for the shell, with the key in a variable: it ends up in no history.
 * @example curlExample(operation, document, "http://127.0.0.1:3000") // curl -H "Authorization: Bearer $LAUNCHPAD_KEY" '…/api/jobs/{jobId}'
 */
export function curlExample(operation: Operation, document: OpenApiDocument, origin: string): string {
  const { method, path, parameters, requestBody, security } = operation
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map(({ name }) => `${encodeURIComponent(name)}=…`)
    .join('&')
  const address = quote(`${origin}${path}${query === '' ? '' : `?${query}`}`)
  const body = requestBody?.content['application/json']?.schema
  const isForNodes = security.some((one) => 'node' in one)
  const secret = isForNodes ? '$LAUNCHPAD_NODE_TOKEN' : '$LAUNCHPAD_KEY'
  return [
    'curl',
    ...(method === 'GET' ? [] : [`-X ${method}`]),
    ...(security.length === 0 ? [] : [`-H "Authorization: Bearer ${secret}"`]),
    ...(body
      ? [
          `-H 'Content-Type: application/json'`,
          `-d ${quote(JSON.stringify(exampleOf(body, document.components?.schemas ?? {})))}`,
        ]
      : []),
    address,
  ].join(' \\\n  ')
}
