import 'server-only'
import { type EndpointPolicy, parseEndpointPolicy } from '#lib/domain/connections/endpoint'
import { config } from '../platform/config'

let policy: EndpointPolicy | undefined

/** What the operator lets connections reach; one object for the process, since sockets are kept by it. */
export function endpointPolicy(): EndpointPolicy {
  policy ??= read()
  return policy
}

function read(): EndpointPolicy {
  const parsed = parseEndpointPolicy(config().allowedEndpoints.join(','))
  if (parsed.ok) return parsed.value
  const sentences = parsed.issues.map((issue) => issue.message)
  throw new Error(`LAUNCHPAD_ALLOWED_ENDPOINTS cannot be read. ${sentences.join(' ')}`)
}
