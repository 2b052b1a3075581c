import { AGENTS, type DetectionSample, Dice, lines, MONTHS, PATHS, two, USERS } from './sample'

const dice = new Dice(5150)
const at = () => new Date(dice.time())
const clock = (time: Date) =>
  `${two(time.getUTCHours())}:${two(time.getUTCMinutes())}:${two(time.getUTCSeconds())}`
const month = (time: Date) => MONTHS[time.getUTCMonth()]
const apacheTime = (time = at()) =>
  `${two(time.getUTCDate())}/${month(time)}/${time.getUTCFullYear()}:${clock(time)} ${dice.pick(['+0000', '+0100'])}`
const request = () => `${dice.pick(['GET', 'POST', 'HEAD'])} ${dice.pick(PATHS)} HTTP/1.1`
const common = () =>
  `${dice.ip()} - ${dice.pick(['-', 'mira'])} [${apacheTime()}] "${request()}" ${dice.pick([200, 304, 404])} ${dice.pick(['-', dice.int(1, 99_999)])}`
const combined = () => `${common()} "${dice.pick(['-', 'https://example.com/'])}" "${dice.pick(AGENTS)}"`
const nginxError = () => {
  const time = at()
  const day = `${time.getUTCFullYear()}/${two(time.getUTCMonth() + 1)}/${two(time.getUTCDate())}`
  return `${day} ${clock(time)} [${dice.pick(['error', 'warn', 'crit'])}] ${dice.int(10, 999)}#${dice.int(0, 9)}: *${dice.int(1, 9999)} open() "/var/www/x" failed (2: No such file or directory), client: ${dice.ip()}, server: _, request: "${request()}", host: "example.com"`
}
const syslog = () => {
  const time = at()
  return `${month(time)} ${String(time.getUTCDate()).padStart(2)} ${clock(time)} web-${dice.int(1, 4)} ${dice.pick([`sshd[${dice.int(100, 9999)}]: Accepted publickey for ${dice.pick(USERS)} from ${dice.ip()} port 50122 ssh2`, 'systemd[1]: Started Session 12 of user root.', 'CRON[991]: (root) CMD (run-parts /etc/cron.hourly)'])}`
}
const syslog5424 = () =>
  `<${dice.int(1, 190)}>1 ${dice.iso()} host-${dice.int(1, 9)}.example.com ${dice.pick(['su', 'app'])} ${dice.pick(['-', '4711'])} ID${dice.int(1, 99)} ${dice.pick(['-', '[origin@32473 ip="10.0.0.1" eventID="1011"]'])} 'su root' failed for ${dice.pick(USERS)}`
const s3Access = () =>
  `${dice.hex(64)} lake [${apacheTime()}] ${dice.ip()} ${dice.pick(['-', 'arn:aws:iam::123456789012:user/mira'])} ${dice.hex(16).toUpperCase()} REST.${dice.pick(['GET', 'PUT'])}.OBJECT logs/2026/${dice.hex(6)}.gz "GET /lake/logs/${dice.hex(6)}.gz HTTP/1.1" ${dice.pick([200, 403])} ${dice.pick(['-', 'AccessDenied'])} ${dice.int(1, 9999)} ${dice.int(1, 9999)} ${dice.int(1, 90)} ${dice.pick(['-', 12])} "-" "aws-cli/2.17.1" - ${dice.hex(20)}= SigV4 ECDHE-RSA-AES128-GCM-SHA256 AuthHeader lake.s3.eu-west-1.amazonaws.com TLSv1.2 - -`
const alb = () =>
  `${dice.pick(['https', 'h2', 'http'])} ${dice.iso().replace('Z', '123Z')} app/front/${dice.hex(16)} ${dice.ip()}:${dice.int(1024, 65_535)} 10.0.0.${dice.int(1, 9)}:80 0.000 0.0${dice.int(10, 99)} 0.000 200 ${dice.pick([200, 502])} ${dice.int(30, 999)} ${dice.int(30, 9999)} "GET https://www.example.com:443${dice.pick(PATHS)} HTTP/2.0" "${dice.pick(AGENTS)}" ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/front/${dice.hex(16)} "Root=1-${dice.hex(8)}-${dice.hex(24)}" "www.example.com" "session-reused" 0 ${dice.iso()} "forward" "-" "-" "10.0.0.1:80" "200" "-" "-"`
const haproxy = () => {
  const time = at()
  return `${month(time)} ${String(time.getUTCDate()).padStart(2)} ${clock(time)} lb-1 haproxy[${dice.int(100, 9999)}]: ${dice.ip()}:${dice.int(1024, 65_535)} [${two(time.getUTCDate())}/${month(time)}/2026:${clock(time)}.${dice.int(100, 999)}] http-in static/srv${dice.int(1, 3)} 10/0/30/69/${dice.int(100, 300)} 200 ${dice.int(100, 9999)} - - ---- 1/1/1/1/0 0/0 {1wt.eu} {} "${request()}"`
}
const iis = () => {
  const time = at()
  return `${time.toISOString().slice(0, 10)} ${clock(time)} 10.0.0.5 GET ${dice.pick(['/default.htm', '/app/page.aspx'])} ${dice.pick(['-', 'id=1'])} 443 - ${dice.ip()} Mozilla/5.0+(Windows+NT+10.0) - 200 0 0 ${dice.int(1, 999)}`
}
const IIS_TOP = `#Software: Microsoft Internet Information Services 10.0
#Version: 1.0
#Date: 2026-11-22 00:00:04
#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
`
const CLOUDFRONT_TOP = `#Version: 1.0
#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent)
`
const cloudfront = () => {
  const time = at()
  return [
    time.toISOString().slice(0, 10),
    clock(time),
    'FRA60-P1',
    dice.int(300, 9000),
    dice.ip(),
    'GET',
    'd1.cloudfront.net',
    '/a.png',
    200,
    '-',
    'Mozilla/5.0%20(X11)',
  ].join('\t')
}
const ZEEK_TOP = [
  '#separator \\x09',
  '#set_separator\t,',
  '#empty_field\t(empty)',
  '#unset_field\t-',
  '#path\tconn',
  '#open\t2026-11-22-10-00-00',
  '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration',
  '#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval',
  '',
].join('\n')
const zeek = () =>
  [
    `17953${dice.int(10_000, 99_999)}.${dice.int(100_000, 999_999)}`,
    `C${dice.hex(16)}`,
    dice.ip(),
    dice.int(1024, 65_535),
    dice.ip(),
    53,
    'udp',
    'dns',
    `0.0${dice.int(100, 999)}`,
  ].join('\t')

const log = (
  kind: string,
  type: DetectionSample['expected']['type'],
  layout: string | null,
  one: () => string,
): DetectionSample[] => [
  { kind, files: [lines(25, one)], expected: { type, layout } },
  { kind, files: [lines(2, one), lines(12, one), lines(70, one)], expected: { type, layout } },
  { kind, files: [lines(9, one, '\r\n').trimEnd()], expected: { type, layout } },
]
const topped = (kind: string, layout: string, top: string, one: () => string): DetectionSample[] => [
  { kind, files: [top + lines(20, one)], expected: { type: 'regexp', layout } },
  {
    kind,
    files: [top + lines(3, one), top + lines(8, one) + top + lines(2, one)],
    expected: { type: 'regexp', layout },
  },
]

/** Logs of servers and services, by the layouts that they are known by. */
export const LOG_SAMPLES: DetectionSample[] = [
  ...log('Apache common', 'regexp', 'Apache common', common),
  ...log('Apache or nginx combined', 'regexp', 'nginx/Apache combined', combined),
  ...log('nginx error log', 'regexp', 'nginx errors', nginxError),
  ...log('syslog, RFC 3164', 'regexp', 'syslog, RFC 3164', syslog),
  ...log('syslog, RFC 5424', 'regexp', 'syslog, RFC 5424', syslog5424),
  ...log('S3 access logs', 'regexp', 'S3 access logs', s3Access),
  ...log('ALB', 'regexp', 'ALB', alb),
  ...log('HAProxy', 'regexp', 'HAProxy', haproxy),
  ...topped('IIS', 'IIS (W3C extended log)', IIS_TOP, iis),
  ...topped('CloudFront', 'CloudFront', CLOUDFRONT_TOP, cloudfront),
  ...topped('Zeek', 'Zeek', ZEEK_TOP, zeek),
  {
    kind: 'Apache or nginx combined',
    files: [
      lines(30, (n) =>
        n % 9 === 4 ? `${dice.ip()} - - [${apacheTime()}] "\\x16\\x03\\x01" 400 150 "-" "-"` : combined(),
      ),
    ],
    expected: { type: 'regexp', layout: 'nginx/Apache combined' },
  },
  {
    kind: 'Apache or nginx combined',
    files: [`AH00558: httpd: Could not reliably determine the server's name\n${lines(12, combined)}`],
    expected: { type: 'regexp', layout: 'nginx/Apache combined' },
  },
  {
    kind: 'CEF',
    files: [
      lines(
        12,
        (n) =>
          `Nov 22 10:00:${String(n + 10)} fw-${dice.int(1, 3)} CEF:0|Acme|Wall|4.2|${dice.int(100, 300)}|blocked|${dice.int(0, 10)}|src=${dice.ip()} dst=${dice.ip()} spt=${dice.int(1024, 65_000)}`,
      ),
    ],
    expected: { type: 'regexp', layout: 'CEF' },
    usedToTune: true,
  },
  {
    kind: 'LEEF',
    files: [
      lines(
        12,
        () => `LEEF:1.0|Acme|Wall|4.2|deny|src=${dice.ip()}\tdst=${dice.ip()}\tsev=${dice.int(1, 10)}`,
      ),
    ],
    expected: { type: 'regexp', layout: 'LEEF' },
    usedToTune: true,
  },
]
