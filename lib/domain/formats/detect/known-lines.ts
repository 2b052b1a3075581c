/** A kind of line that is known by its form, with an expression that takes it apart. */
export interface KnownLine {
  layout: string
  pattern: string
}

const quoted = (name: string) => `"(?P<${name}>(?:[^"\\\\]|\\\\.)*)"`
const word = (name: string) => `(?P<${name}>\\S+)`
const bracketed = (name: string) => `\\[(?P<${name}>[^\\]]+)\\]`
const words = (...names: string[]) => names.map(word).join(' ')
/** What may stand at the end since a service adds fields over the years. */
const MORE = '(?P<more>(?: .*)?)'
const MONTH_DAY = '[A-Z][a-z]{2} [ \\d]\\d \\d{2}:\\d{2}:\\d{2}'

const COMMON = `${words('client', 'identity', 'user')} ${bracketed('time')} ${quoted('request')} (?P<status>\\d{3}) (?P<bytes>\\d+|-)`

export const KNOWN_LINES: readonly KnownLine[] = [
  { layout: 'Apache / nginx combined', pattern: `^${COMMON} ${quoted('referrer')} ${quoted('user_agent')}$` },
  { layout: 'Apache common', pattern: `^${COMMON}$` },
  {
    layout: 'nginx error log',
    pattern:
      '^(?P<time>\\d{4}/\\d{2}/\\d{2} \\d{2}:\\d{2}:\\d{2}) \\[(?P<level>[a-z]+)\\] (?P<pid>\\d+)#(?P<thread>\\d+): (?:\\*(?P<connection>\\d+) )?(?P<message>.*)$',
  },
  {
    layout: 'HAProxy',
    pattern: `^(?P<time>${MONTH_DAY}) ${word('host')} (?P<process>haproxy)\\[(?P<pid>\\d+)\\]: ${word('client')} ${bracketed('accepted')} ${words('frontend', 'backend', 'timers')} (?P<status>-?\\d+) ${words('bytes', 'request_cookie', 'response_cookie', 'termination', 'connections', 'queues')}(?: \\{(?P<request_headers>[^}]*)\\})?(?: \\{(?P<response_headers>[^}]*)\\})? ${quoted('request')}$`,
  },
  {
    layout: 'syslog (RFC 5424)',
    pattern: `^<(?P<priority>\\d{1,3})>(?P<version>\\d{1,2}) ${words('time', 'host', 'app', 'process', 'message_id')} (?P<data>-|(?:\\[(?:[^\\]\\\\]|\\\\.)*\\])+)(?: (?P<message>.*))?$`,
  },
  {
    layout: 'syslog (RFC 3164)',
    pattern: `^(?:<(?P<priority>\\d{1,3})>)?(?P<time>${MONTH_DAY}) ${word('host')} (?P<process>[^\\s:\\[]+)(?:\\[(?P<pid>[^\\]]*)\\])?: (?P<message>.*)$`,
  },
  {
    layout: 'S3 access logs',
    pattern: `^(?P<owner>[0-9a-f]{64}) ${word('bucket')} ${bracketed('time')} ${words('client', 'requester', 'request_id', 'operation', 'key')} (?:${quoted('request')}|-) ${words('status', 'error', 'bytes', 'object_bytes', 'total_ms', 'turnaround_ms')} (?:${quoted('referrer')}|-) (?:${quoted('user_agent')}|-) ${word('version_id')}${MORE}$`,
  },
  {
    layout: 'ALB',
    pattern: `^(?P<type>https?|h2|grpcs?|wss?) ${words('time', 'balancer', 'client', 'target', 'request_s', 'target_s', 'response_s', 'status', 'target_status', 'received_bytes', 'sent_bytes')} ${quoted('request')} ${quoted('user_agent')} ${words('ssl_cipher', 'ssl_protocol', 'target_group')} ${quoted('trace_id')}${MORE}$`,
  },
]
