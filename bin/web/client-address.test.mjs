import { expect, test } from 'vitest'
import { findClientAddress, parseTrustedProxies } from './client-address.mjs'

test.each([
  ['no proxy: what the caller writes is nothing', '203.0.113.9', '1.2.3.4', '', '203.0.113.9'],
  ['one proxy', '10.0.0.1', '198.51.100.7', '10.0.0.0/8', '198.51.100.7'],
  ['two proxies', '10.0.0.1', '198.51.100.7, 10.0.0.2', '10.0.0.0/8', '198.51.100.7'],
  ['a forged hop before the true one', '10.0.0.1', '1.2.3.4, 198.51.100.7', '10.0.0.0/8', '198.51.100.7'],
  ['a hop that is no address', '10.0.0.1', '198.51.100.7, unknown', '10.0.0.0/8', '10.0.0.1'],
  ['all hops trusted', '10.0.0.1', '10.0.0.3, 10.0.0.2', '10.0.0.0/8', '10.0.0.3'],
  ['a proxy that reports nothing', '10.0.0.1', undefined, '10.0.0.0/8', '10.0.0.1'],
  ['an IPv4 caller on an IPv6 socket', '::ffff:10.0.0.1', '198.51.100.7', '10.0.0.1', '198.51.100.7'],
  ['IPv6 throughout', '::1', '2001:db8::7', '::1, fd00::/8', '2001:db8::7'],
  ['ports and brackets', '::1', '[2001:db8::7]:4711', '::1', '2001:db8::7'],
  ['a socket that is gone', undefined, '1.2.3.4', '10.0.0.0/8', ''],
])('%s', (_, socket, forwarded, trusted, client) => {
  expect(findClientAddress(socket, forwarded, parseTrustedProxies(trusted))).toBe(client)
})

test.each([
  '10.0.0.0/33',
  '10.0.0/8',
  'proxy.example',
  '::1/129',
  '10.0.0.0/8/8',
  '10.0.0.0/',
  '10.0.0.0/-1',
])('refuses %s', (text) => {
  expect(() => parseTrustedProxies(text)).toThrow(`“${text}” is neither`)
})
