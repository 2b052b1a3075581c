/** What an IP address leads to, with every embedded IPv4 address unfolded. */
export type AddressClass = 'public' | 'private' | 'loopback' | 'never'

/** An IPv4 (4 bytes) or IPv6 (16 bytes) network and the length of its prefix in bits. */
export interface Network {
  bytes: readonly number[]
  bits: number
}

/** Reads an IPv4 or IPv6 address as `net` and `URL` print them, a zone id left out; undefined if it is none. */
export function parseAddress(text: string): number[] | undefined {
  const bare = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '')
  return bare.includes(':') ? parseIpv6(bare) : parseIpv4(bare)
}

/** Reads `10.0.0.0/8`, `fd00::/8`, or a single address as a network of itself; undefined if it is none. */
export function parseNetwork(text: string): Network | undefined {
  const [address, bits, ...rest] = text.split('/')
  const bytes = parseAddress(address ?? '')
  if (bytes === undefined || rest.length > 0) return undefined
  const size = bytes.length * 8
  if (bits === undefined) return { bytes, bits: size }
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > size) return undefined
  return { bytes, bits: Number(bits) }
}

/** Tells whether an address lies in a network of the same family. */
export function isInNetwork(address: readonly number[], network: Network): boolean {
  if (address.length !== network.bytes.length) return false
  for (let bit = 0; bit < network.bits; bit++) {
    const mask = 0x80 >> (bit & 7)
    const index = bit >> 3
    if (((address[index] ?? 0) & mask) !== ((network.bytes[index] ?? 0) & mask)) return false
  }
  return true
}

/**
 * Gives the addresses that a packet to this one may end at: the IPv4 address inside an IPv4-mapped, IPv4-compatible,
 * NAT64, 6to4 or Teredo one, else the address itself.
 */
export function unfoldAddress(address: readonly number[]): readonly number[] {
  if (address.length === 4) return address
  if (EMBEDDED_AT_END.some((network) => isInNetwork(address, network)) && !isIn(address, UNFOLDED_AS_IPV6)) {
    return address.slice(12)
  }
  if (isIn(address, ['2002::/16'])) return address.slice(2, 6)
  if (isIn(address, ['2001::/32'])) return address.slice(12).map((byte) => byte ^ 0xff)
  return address
}

/** Sorts an address: `never` is refused whatever the operator lists, `loopback` and `private` unless listed. */
export function classifyAddress(address: readonly number[]): AddressClass {
  const target = unfoldAddress(address)
  const ranges = target.length === 4 ? IPV4_RANGES : IPV6_RANGES
  for (const [kind, networks] of ranges) if (isIn(target, networks)) return kind
  return target.length === 16 && !isIn(target, ['2000::/3']) ? 'private' : 'public'
}

const IPV4_RANGES: [AddressClass, string[]][] = [
  // Unspecified, link-local (with the metadata service), multicast, reserved with broadcast, a cloud's metadata.
  ['never', ['0.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4', '100.100.100.200']],
  ['loopback', ['127.0.0.0/8']],
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '192.0.0.0/24']],
  // Documentation and benchmarking networks: nobody's public server.
  ['private', ['192.0.2.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24']],
]

const IPV6_RANGES: [AddressClass, string[]][] = [
  ['never', ['::', 'fe80::/10', 'ff00::/8', 'fd00:ec2::254', 'fd20:ce::254']],
  ['loopback', ['::1']],
  ['private', ['fc00::/7', 'fec0::/10', '2001:db8::/32']],
]

// Not embedded IPv4 addresses although they lie in ::/96.
const UNFOLDED_AS_IPV6 = ['::', '::1']

function network(text: string): Network {
  const parsed = parseNetwork(text)
  if (parsed === undefined) throw new Error(`not a network: ${text}`)
  return parsed
}

const EMBEDDED_AT_END = ['::ffff:0:0/96', '::ffff:0:0:0/96', '::/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(
  network,
)

function isIn(address: readonly number[], networks: string[]): boolean {
  return networks.some((text) => isInNetwork(address, network(text)))
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte <= 255) ? bytes : undefined
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = [groupsOf(halves[0] ?? ''), groupsOf(halves[1] ?? '')]
  if (head === undefined || tail === undefined) return undefined
  const missing = 16 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 2) return undefined
  return [...head, ...new Array<number>(missing).fill(0), ...tail]
}

function groupsOf(text: string): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    if (group.includes('.')) {
      const embedded = index === groups.length - 1 ? parseIpv4(group) : undefined
      if (embedded === undefined) return undefined
      bytes.push(...embedded)
    } else {
      if (!/^[0-9a-f]{1,4}$/i.test(group)) return undefined
      const value = Number.parseInt(group, 16)
      bytes.push(value >> 8, value & 0xff)
    }
  }
  return bytes.length <= 16 ? bytes : undefined
}
