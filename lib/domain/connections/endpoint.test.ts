import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { classifyAddress, parseAddress } from './addresses'
import { checkEndpoint, isRegion, PUBLIC_ONLY, parseEndpointPolicy, refusalOf } from './endpoint'

function policy(text: string) {
  const parsed = parseEndpointPolicy(text)
  if (!parsed.ok) throw new Error(parsed.issues[0]?.message)
  return parsed.value
}

function reasonOf(text: string, rules = PUBLIC_ONLY): string | undefined {
  const checked = checkEndpoint(rules, text)
  return checked.ok ? undefined : checked.issues[0]?.reason
}

describe('checkEndpoint', () => {
  it.each([
    'http://127.0.0.1:9000',
    'http://2130706433',
    'http://0x7f000001',
    'http://0177.0.0.1',
    'http://127.1',
    'http://0x7f.1:9000',
    'http://[::1]',
    'http://[::ffff:127.0.0.1]',
    'http://[::ffff:7f00:1]',
    'http://[64:ff9b::7f00:1]',
    'http://[2002:7f00:1::]',
    'http://[::127.0.0.1]',
    'http://10.1.2.3',
    'http://192.168.0.1',
    'http://172.31.255.255',
    'http://[fd12::1]',
    'http://100.64.0.1',
    'http://１２７.０.０.１',
    'http://169.254.169.254',
    'http://[fd00:ec2::254]',
    'http://0xa9fea9fe',
    'http://[::ffff:a9fe:a9fe]',
    'http://[64:ff9b::169.254.169.254]',
    'http://[2002:a9fe:a9fe::1]',
    'http://0.0.0.0',
    'http://[::]',
    'http://255.255.255.255',
    'http://224.0.0.1',
    'http://[ff02::1]',
    'http://[fe80::1]',
    'http://0',
  ])('refuses %s', (text) => expect(reasonOf(text)).toBe('endpoint-not-allowed'))

  it.each([
    ['ftp://host', 'endpoint-protocol'],
    ['file:///etc/passwd', 'endpoint-protocol'],
    ['https://user:pass@host', 'endpoint-credentials'],
    ['https://host/path', 'endpoint-path'],
    ['https://host/?x', 'endpoint-path'],
    ['host', 'not-a-url'],
    ['', 'not-a-url'],
  ])('refuses the form of %s', (text, reason) => expect(reasonOf(text)).toBe(reason))

  it.each([
    'https://s3.eu-west-1.amazonaws.com',
    'http://8.8.8.8:9000',
    'https://[2606:4700::1111]',
    'https://minio.internal:9000',
  ])('takes %s', (text) => expect(reasonOf(text)).toBeUndefined())

  it('opens what the operator lists, by network or by host and port', () => {
    expect(reasonOf('http://10.1.2.3', policy('10.0.0.0/8'))).toBeUndefined()
    expect(reasonOf('http://[::ffff:10.1.2.3]', policy('10.0.0.0/8'))).toBeUndefined()
    expect(reasonOf('http://11.1.2.3', policy('10.0.0.0/8'))).toBeUndefined()
    expect(reasonOf('http://192.168.1.1', policy('10.0.0.0/8'))).toBe('endpoint-not-allowed')
    expect(reasonOf('http://127.0.0.1:9000', policy('127.0.0.1:9000'))).toBeUndefined()
    expect(reasonOf('http://0x7f.1:9000', policy('127.0.0.1:9000'))).toBeUndefined()
    expect(reasonOf('http://127.0.0.1:9001', policy('127.0.0.1:9000'))).toBe('endpoint-not-allowed')
    expect(reasonOf('http://[::1]:9000', policy('[::1]:9000'))).toBeUndefined()
  })

  it('never opens metadata, link-local or multicast, listed or not', () => {
    const all = policy('0.0.0.0/0 ::/0 169.254.169.254:80')
    for (const host of [
      '169.254.169.254',
      '[fd00:ec2::254]',
      '224.0.0.1',
      '0.0.0.0',
      '[fe80::1]',
      '100.100.100.200',
    ]) {
      expect(reasonOf(`http://${host}`, all)).toBe('endpoint-not-allowed')
    }
  })
})

describe("the operator's list", () => {
  it('names an entry it does not understand', () => {
    const parsed = parseEndpointPolicy('10.0.0.0/8 10.0.0.0/33 host')
    expect(parsed).toMatchObject({
      ok: false,
      issues: [{ reason: 'not-an-endpoint' }, { reason: 'not-an-endpoint' }],
    })
  })

  it('applies to what a listed name resolves to', () => {
    const rules = policy('MinIO.internal:9000')
    expect(refusalOf(rules, { address: '10.0.0.5', host: 'minio.internal', port: 9000 })).toBeUndefined()
    expect(refusalOf(rules, { address: '10.0.0.5', host: 'minio.internal', port: 80 })).toContain('private')
    expect(refusalOf(rules, { address: '169.254.1.1', host: 'minio.internal', port: 9000 })).toContain(
      'link-local',
    )
  })
})

describe('addresses', () => {
  it('finds an embedded IPv4 address in every form', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        const plain = classifyAddress(parseAddress(text) ?? [])
        const hex = (parseAddress(text) ?? []).map((byte) => byte.toString(16).padStart(2, '0'))
        const pairs = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`
        for (const form of [`::ffff:${text}`, `64:ff9b::${text}`, `2002:${pairs}::1`, `::ffff:${pairs}`]) {
          expect(classifyAddress(parseAddress(form) ?? []), form).toBe(plain)
        }
      }),
    )
  })

  it('reads every printed IPv6 address as 16 bytes', () => {
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(parseAddress(text)).toHaveLength(16)
      }),
    )
  })

  it.each([
    '',
    ':',
    ':::',
    '1:2:3:4:5:6:7',
    '1::2::3',
    '1.2.3',
    '01.2.3.4',
    '256.1.1.1',
    '12345::',
    '::1.2.3.4.5',
  ])('refuses %j', (text) => expect(parseAddress(text)).toBeUndefined())

  it('knows regions', () => {
    expect(isRegion('eu-west-1')).toBe(true)
    for (const text of ['', 'eu west', 'a.b', 'x'.repeat(33), 'evil.com/']) expect(isRegion(text)).toBe(false)
  })
})
