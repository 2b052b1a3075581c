import { BlockList, isIP } from 'node:net'

/**
 * Reads `LAUNCHPAD_TRUSTED_PROXIES`: addresses and CIDR blocks, separated by commas: `"10.0.0.0/8, ::1"`.
 * @param {string} text
 * @throws {Error} naming the entry that is neither
 */
export function parseTrustedProxies(text) {
  const trusted = new BlockList()
  for (const entry of text.split(',').map((part) => part.trim())) {
    if (entry) addEntry(trusted, entry)
  }
  return trusted
}

/**
 * The address of the caller: that of the socket, or, while the nearest hop is a trusted proxy, the next one that it reports.
 * What a caller itself writes into the header is never reached, since it stands left of the first untrusted hop.
 * @param {string | undefined} socketAddress
 * @param {string | undefined} forwardedFor `"198.51.100.7, 10.0.0.2"`
 * @param {BlockList} trusted
 */
export function findClientAddress(socketAddress, forwardedFor, trusted) {
  let client = plainAddress(socketAddress ?? '')
  const hops = (forwardedFor ?? '').split(',').map((hop) => plainAddress(hop.trim()))
  while (isTrusted(client, trusted)) {
    const hop = hops.pop()
    if (!hop || !isIP(hop)) break
    client = hop
  }
  return client
}

/** @param {BlockList} trusted @param {string} entry */
function addEntry(trusted, entry) {
  const [address = '', prefix, more] = entry.split('/')
  const version = isIP(address)
  const bits = version === 6 ? 128 : 32
  const length = prefix === undefined ? bits : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN
  if (!version || more !== undefined || !(length <= bits)) {
    throw new Error(`“${entry}” is neither an address nor a CIDR block such as 10.0.0.0/8`)
  }
  trusted.addSubnet(address, length, version === 6 ? 'ipv6' : 'ipv4')
}

/** @param {string} address @param {BlockList} trusted */
function isTrusted(address, trusted) {
  const version = isIP(address)
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** `::ffff:192.0.2.1` is 192.0.2.1; a proxy may add the port and brackets. @param {string} text */
function plainAddress(text) {
  const bare = text.replace(/^\[([^\]]*)\](:\d+)?$/, '$1').replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
  return bare.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '').replace(/%.*$/, '')
}
