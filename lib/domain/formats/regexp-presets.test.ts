import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '../property-runs.arbitraries'
import { type LinePattern, parseLinePattern } from './line-pattern'
import { REGEXP_PRESETS } from './regexp-presets'

function take(id: string, line: string): Record<string, string | null> | undefined {
  const { columns, match } = parsed(REGEXP_PRESETS.find((each) => each.id === id)?.pattern ?? '')
  const cells = match(line)
  return cells && Object.fromEntries(columns.map((name, place) => [name, cells[place] ?? null]))
}

function parsed(pattern: string): LinePattern {
  const result = parseLinePattern(pattern)
  if (!result.ok) throw new Error(`${pattern}: ${result.issues[0]?.message}`)
  return result.value
}

const OWNER = 'a'.repeat(64)
const ALB_REST =
  'ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/web/1a2b3c "Root=1-67e0-abc" "shop.example.org" "arn:aws:acm:eu-west-1:111122223333:certificate/1234" 0 2026-11-22T10:00:00.186000Z "forward" "-" "-" "10.0.0.66:9000" "200" "-" "-"'

const LINES: [id: string, line: string, cells: Record<string, string | null>][] = [
  [
    'combined',
    '203.0.113.7 - frank [22/Nov/2026:10:00:00 +0100] "GET /a?b=1 HTTP/1.1" 200 2326 "https://example.org/" "Mozilla/5.0 (X11; \\"Linux\\")"',
    {
      client: '203.0.113.7',
      user: 'frank',
      time: '22/Nov/2026:10:00:00 +0100',
      method: 'GET',
      path: '/a?b=1',
      protocol: 'HTTP/1.1',
      request: null,
      status: '200',
      bytes: '2326',
      referrer: 'https://example.org/',
      user_agent: 'Mozilla/5.0 (X11; \\"Linux\\")',
    },
  ],
  [
    'combined',
    '2001:db8::1 - - [22/Nov/2026:10:00:01 +0000] "\\x16\\x03\\x01" 400 0 "-" ""',
    { client: '2001:db8::1', method: null, request: '\\x16\\x03\\x01', status: '400', user_agent: '' },
  ],
  [
    'common',
    'proxy.example.org - - [22/Nov/2026:10:00:00 +0000] "HEAD / HTTP/2.0" 304 -',
    { client: 'proxy.example.org', method: 'HEAD', protocol: 'HTTP/2.0', bytes: '-' },
  ],
  ['common', '10.0.0.1 - - [22/Nov/2026:10:00:00 +0000] "-" 408 -', { request: '-', status: '408' }],
  [
    'nginx-error',
    '2026/11/22 10:00:00 [error] 31#7: *1944 open() "/srv/a" failed (2: No such file or directory), client: 10.0.0.1, server: _',
    { level: 'error', pid: '31', tid: '7', connection: '1944' },
  ],
  [
    'nginx-error',
    '2026/11/22 10:00:00 [notice] 1#1: signal process started',
    { connection: null, message: 'signal process started' },
  ],
  [
    'syslog-3164',
    '<34>Nov  2 22:14:15 gate su[4711]: refused for root on /dev/pts/8',
    { priority: '34', time: 'Nov  2 22:14:15', host: 'gate', program: 'su', pid: '4711' },
  ],
  [
    'syslog-3164',
    'Nov 22 10:00:00 web-1 systemd: Started session 3.',
    { priority: null, pid: null, message: 'Started session 3.' },
  ],
  [
    'syslog-iso',
    '2026-11-22T10:00:00.123456+01:00 web-1 sshd[4711]: Accepted publickey for mira',
    {
      time: '2026-11-22T10:00:00.123456+01:00',
      host: 'web-1',
      program: 'sshd',
      pid: '4711',
      message: 'Accepted publickey for mira',
    },
  ],
  [
    'syslog-iso',
    '2026-11-22T10:00:00Z web-1 kernel: [    1.5] usb',
    { program: 'kernel', pid: null, message: '[    1.5] usb' },
  ],
  [
    'apache-error',
    '[Sun Nov 22 10:00:00.123456 2026] [core:error] [pid 31:tid 140] [client 192.0.2.4:1042] AH00124: too many redirects',
    {
      time: 'Sun Nov 22 10:00:00.123456 2026',
      module: 'core',
      level: 'error',
      pid: '31',
      tid: '140',
      client: '192.0.2.4:1042',
      message: 'AH00124: too many redirects',
    },
  ],
  [
    'apache-error',
    '[Sun Nov 22 10:00:00 2026] [error] [client 192.0.2.4] File does not exist: /srv/a',
    { module: null, level: 'error', pid: null, message: 'File does not exist: /srv/a' },
  ],
  [
    'apache-error',
    '[Sun Nov 22 10:00:00.1 2026] [mpm_event:notice] [pid 1:tid 1] AH00489: resuming normal operations',
    { client: null, message: 'AH00489: resuming normal operations' },
  ],
  [
    'syslog-5424',
    '<165>1 2026-11-22T10:00:00.003Z gate.example.org mail - ID47 [origin@32473 a="x \\"]\\" y" b="2"][more@1] An event',
    {
      priority: '165',
      version: '1',
      pid: '-',
      message_id: 'ID47',
      data: '[origin@32473 a="x \\"]\\" y" b="2"][more@1]',
      message: 'An event',
    },
  ],
  ['syslog-5424', '<13>1 2026-11-22T10:00:00+01:00 h p 1 - - \ufeffgrüezi', { data: '-', message: 'grüezi' }],
  ['syslog-5424', '<13>1 - - - - - -', { time: '-', message: null }],
  [
    's3-access',
    `${OWNER} logs [22/Nov/2026:10:00:00 +0000] 192.0.2.3 ${OWNER} 3E57427F3EXAMPLE REST.GET.OBJECT a/b%2520c.gz "GET /logs/a/b%20c.gz?x HTTP/1.1" 200 - 113 113 7 6 "-" "S3Console/0.4" - s9lzHYrFp76 SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader logs.s3.eu-west-1.amazonaws.com TLSv1.2 - -`,
    {
      bucket: 'logs',
      remote_ip: '192.0.2.3',
      operation: 'REST.GET.OBJECT',
      key: 'a/b%2520c.gz',
      request_uri: 'GET /logs/a/b%20c.gz?x HTTP/1.1',
      error_code: '-',
      user_agent: 'S3Console/0.4',
      tls_version: 'TLSv1.2',
      acl_required: '-',
    },
  ],
  [
    's3-access',
    `${OWNER} logs [22/Nov/2026:10:00:00 +0000] - AmazonS3 ABC S3.EXPIRE.OBJECT a.gz - - - - 88 - - - - -`,
    { operation: 'S3.EXPIRE.OBJECT', request_uri: null, user_agent: null, version_id: '-', host_id: null },
  ],
  [
    'alb',
    `https 2026-11-22T10:00:00.186641Z app/web/50dc6c495c0c9188 192.168.131.39:2817 10.0.0.66:9000 0.086 0.048 0.037 200 200 0 57 "GET https://shop.example.org:443/a?q=%22 HTTP/1.1" "curl/8.5" ${ALB_REST} TID_1234`,
    {
      type: 'https',
      client: '192.168.131.39:2817',
      elb_status_code: '200',
      request: 'GET https://shop.example.org:443/a?q=%22 HTTP/1.1',
      user_agent: 'curl/8.5',
      domain_name: 'shop.example.org',
      target_status_code_list: '200',
      conn_trace_id: 'TID_1234',
    },
  ],
  [
    'alb',
    `http 2026-11-22T10:00:00.186641Z app/web/50d 192.0.2.1:2817 - -1 -1 -1 460 - 0 155 "- http://shop.example.org:80- -" "-" ${ALB_REST}`,
    { target: '-', response_processing_time: '-1', conn_trace_id: null },
  ],
  [
    'haproxy',
    'Nov 22 10:00:00 lb haproxy[14389]: 10.0.1.2:33317 [22/Nov/2026:10:00:00.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "GET /index.html HTTP/1.1"',
    {
      host: 'lb',
      client_ip: '10.0.1.2',
      frontend: 'http-in',
      backend: 'static',
      server: 'srv1',
      response_time: '69',
      status: '200',
      request_headers: '1wt.eu',
      response_headers: '',
      request: 'GET /index.html HTTP/1.1',
    },
  ],
  [
    'haproxy',
    '::1:5000 [22/Nov/2026:10:00:00.655] https~ web/<NOSRV> -1/-1/-1/-1/+0 503 +212 - - SC-- 2/1/0/0/+3 0/0 "GET / HTTP/1.1"',
    {
      time: null,
      client_ip: '::1',
      server: '<NOSRV>',
      total_time: '+0',
      retries: '+3',
      request_headers: null,
    },
  ],
  [
    'cef',
    'CEF:0|Acme\\|Sons|Wall|4.2|100|worm stopped|10|src=10.0.0.1 msg=a\\=b|c',
    {
      priority: null,
      host: null,
      cef_version: '0',
      vendor: 'Acme\\|Sons',
      product: 'Wall',
      product_version: '4.2',
      signature_id: '100',
      name: 'worm stopped',
      severity: '10',
      extension: 'src=10.0.0.1 msg=a\\=b|c',
    },
  ],
  [
    'leef',
    'LEEF:1.0|Acme|Wall|4.2|deny|src=10.0.0.1\tdst=2.1.2.2|x',
    { leef_version: '1.0', event_id: 'deny', delimiter: null, extension: 'src=10.0.0.1\tdst=2.1.2.2|x' },
  ],
  [
    'leef',
    '<134>2026-11-22T10:00:00Z fw-1 LEEF:2.0|Acme|Wall|4.2|deny|^|src=10.0.0.1^sev=5',
    {
      priority: '134',
      time: '2026-11-22T10:00:00Z',
      host: 'fw-1',
      delimiter: '^',
      extension: 'src=10.0.0.1^sev=5',
    },
  ],
]

describe('presets', () => {
  it.each(LINES)('%s takes %s', (id, line, cells) => expect(take(id, line)).toMatchObject(cells))

  it('have lines each, and take no line of another layout; what HAProxy sends to syslog is both', () => {
    for (const { id, label } of REGEXP_PRESETS) {
      expect(label).not.toBe('')
      expect(LINES.some(([each]) => each === id)).toBe(true)
      for (const [other, line] of LINES) {
        expect(take(id, line) !== undefined, `${id}: ${line}`).toBe(
          id === other || (id === 'syslog-3164' && line.startsWith('Nov 22 10:00:00 lb haproxy')),
        )
      }
    }
  })

  it('take of any line what the linear engine takes', () => {
    const pairs = REGEXP_PRESETS.map(({ pattern }) => [parsed(pattern), parsed(`(?:${pattern})`)] as const)
    const pieces = LINES.flatMap(([, line]) => line.split(/(?<=[ "/:[\]])/))
    const piece = fc.oneof(
      fc.constantFrom(...pieces),
      fc.constantFrom(' ', '"', '\\', '[', ']', ':', '/', '{', '}', '-', '\n', '\ud800', '\ufeff', '1'),
    )
    const edited = fc
      .tuple(fc.constantFrom(...LINES), fc.nat(500), fc.nat(9), piece)
      .map(([[, line], at, left, put]) => line.slice(0, at) + put + line.slice(at + left))
    const line = fc.oneof(
      { weight: 3, arbitrary: edited },
      fc.array(piece, { maxLength: 40 }).map((some) => some.join('')),
    )
    fc.assert(
      fc.property(line, (text) => {
        for (const [native, linear] of pairs) expect(native.match(text)).toEqual(linear.match(text))
      }),
      propertyRuns(),
    )
  })

  it.each(REGEXP_PRESETS)('$id ends in time with a long line made to mislead it', ({ pattern }) => {
    const { match } = parsed(pattern)
    for (const [, line] of LINES) {
      for (const part of [' ', ':', '1:', '"', '\\"', '""', ']', '[]', '["a"]', '{} ', 'A ', '/1', ' [] ']) {
        for (const at of [0, line.indexOf(' '), line.indexOf('"'), line.lastIndexOf('"'), line.length]) {
          match(`${line.slice(0, at)}${part.repeat(20_000)}${line.slice(at)}\n`)
        }
      }
    }
  })
})
