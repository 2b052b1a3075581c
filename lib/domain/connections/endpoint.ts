import { fail, type Issue, ok, type Result } from '../result'
import {
  classifyAddress,
  isInNetwork,
  type Network,
  parseAddress,
  parseNetwork,
  unfoldAddress,
} from './addresses'

/** What the operator lets connections reach beyond the public internet (`LAUNCHPAD_ALLOWED_ENDPOINTS`). */
export interface EndpointPolicy {
  networks: readonly Network[]
  /** Hosts with their port, lower case: `"localhost:9000"`, `"[::1]:9000"`. */
  hosts: readonly string[]
}

/** Nothing but the public internet. */
export const PUBLIC_ONLY: EndpointPolicy = { networks: [], hosts: [] }

/** Reads the operator's list, separated by commas or blanks: `"10.0.0.0/8, minio.internal:9000"`. */
export function parseEndpointPolicy(text: string): Result<EndpointPolicy> {
  const networks: Network[] = []
  const hosts: string[] = []
  const issues: Issue[] = []
  for (const entry of text.split(/[\s,]+/).filter((part) => part !== '')) {
    const network = parseNetwork(entry)
    const host = network === undefined ? hostWithPort(entry) : undefined
    if (network !== undefined) networks.push(network)
    else if (host !== undefined) hosts.push(host)
    else
      issues.push({ reason: 'not-an-endpoint', message: `"${entry}" is neither a network nor a host:port.` })
  }
  return issues.length > 0 ? fail(...issues) : ok({ networks, hosts })
}

/**
 * Reads the endpoint of a connection: http or https, no credentials, no path; spellings of addresses are unfolded.
 * @example parseEndpoint('http://0x7f.1:9000') // { origin: 'http://127.0.0.1:9000', … }
 */
export function parseEndpoint(text: string): Result<URL> {
  if (!URL.canParse(text)) return refuse('not-a-url', `"${text}" is not a URL. Write https://host:port`)
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return refuse('endpoint-protocol', 'The endpoint begins with https:// or http://')
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('endpoint-credentials', 'The endpoint cannot hold a user name or a password.')
  }
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') {
    return refuse('endpoint-path', 'The endpoint is host and port alone, without a path.')
  }
  return ok(url)
}

/** Checks an endpoint as saved: its form and its literal host. Names are checked again when they are looked up. */
export function checkEndpoint(policy: EndpointPolicy, text: string): Result<URL> {
  const parsed = parseEndpoint(text)
  if (!parsed.ok) return parsed
  const { hostname } = parsed.value
  const port = portOf(parsed.value)
  if (parseAddress(hostname) === undefined) return parsed
  const refused = refusalOf(policy, { address: hostname, host: hostname, port })
  return refused === undefined ? parsed : refuse('endpoint-not-allowed', refused)
}

/**
 * Tells why an address may not be connected to, or undefined if it may. `host` is what the endpoint says, since the
 * operator lists hosts by that name; a listed host never opens link-local, metadata or multicast addresses.
 */
export function refusalOf(
  policy: EndpointPolicy,
  target: { address: string; host: string; port: number },
): string | undefined {
  const address = parseAddress(target.address)
  const shown = target.host === target.address ? target.address : `${target.host} (${target.address})`
  if (address === undefined) return `${shown} is not an address`
  const kind = classifyAddress(address)
  if (kind === 'public') return undefined
  if (kind === 'never') return `${shown} is a link-local, metadata, multicast or unspecified address`
  const real = unfoldAddress(address)
  if (policy.networks.some((network) => isInNetwork(real, network))) return undefined
  if (policy.hosts.includes(`${bracketed(target.host)}:${target.port}`)) return undefined
  return `${shown} is a ${kind === 'loopback' ? 'loopback' : 'private'} address that the operator has not listed`
}

/** The port a URL connects to, its protocol's own if it names none. */
export function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

/** Tells whether a text can be a region, since it becomes part of a host name. */
export function isRegion(text: string): boolean {
  return /^[a-z0-9-]{1,32}$/.test(text)
}

/** Tells whether a text can be a bucket's name, since it becomes part of a host name or a path. */
export function isBucketName(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/.test(text) && !text.includes('..')
}

function hostWithPort(entry: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^[\]:/@?#\\]+):(\d{1,5})$/i.exec(entry)
  if (match === null || !URL.canParse(`http://${match[1]}/`)) return undefined
  return `${new URL(`http://${match[1]}/`).hostname}:${Number(match[2])}`
}

function bracketed(host: string): string {
  return (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host).toLowerCase()
}

function refuse(reason: string, message: string) {
  return fail({ reason, message, path: ['endpoint'] })
}
