/** A regular expression for a layout that is known by name. */
export interface RegexpPreset {
  id: string
  label: string
  pattern: string
}

/** What stands between two quotes, in which `\"` is a quote. */
const QUOTED = '(?:[^"\\\\]|\\\\.)*'
const quoted = (name: string) => `"(?<${name}>${QUOTED})"`
const word = (name: string) => `(?<${name}>[^ ]*)`
const words = (...names: string[]) => names.map(word).join(' ')

const COMMON =
  '(?<client>[^ ]+) (?<identity>[^ ]+) (?<user>[^ ]+) \\[(?<time>[^\\]]+)\\] ' +
  `"(?:(?<method>[A-Z]+) (?<path>[^ "]+) (?<protocol>HTTP/[0-9.]+)|(?<request>${QUOTED}))" ` +
  '(?<status>[0-9]{3}|-) (?<bytes>[0-9]+|-)'

const S3_ACCESS = [
  word('bucket_owner'),
  word('bucket'),
  '\\[(?<time>[^\\]]*)\\]',
  words('remote_ip', 'requester', 'request_id', 'operation', 'key'),
  '(?:"(?<request_uri>[^"]*)"|-)',
  words('status', 'error_code', 'bytes_sent', 'object_size', 'total_time_ms', 'turn_around_time_ms'),
  '(?:"(?<referrer>[^"]*)"|-)',
  '(?:"(?<user_agent>[^"]*)"|-)',
  word('version_id'),
]
/** Added over the years: older lines end before them, newer ones may go on behind them. */
const S3_LATER = [
  'host_id',
  'signature_version',
  'cipher_suite',
  'authentication_type',
  'host_header',
  'tls_version',
  'access_point_arn',
  'acl_required',
]

const ALB = [
  words('type', 'time', 'elb', 'client', 'target'),
  words('request_processing_time', 'target_processing_time', 'response_processing_time'),
  words('elb_status_code', 'target_status_code', 'received_bytes', 'sent_bytes'),
  quoted('request'),
  quoted('user_agent'),
  words('ssl_cipher', 'ssl_protocol', 'target_group_arn'),
  quoted('trace_id'),
  quoted('domain_name'),
  quoted('chosen_cert_arn'),
  words('matched_rule_priority', 'request_creation_time'),
  quoted('actions_executed'),
  quoted('redirect_url'),
  quoted('error_reason'),
  quoted('target_port_list'),
  quoted('target_status_code_list'),
  quoted('classification'),
  quoted('classification_reason'),
]

const HAPROXY = [
  '(?<client_ip>[^ ]+):(?<client_port>[0-9]+)',
  '\\[(?<accept_date>[^\\]]+)\\]',
  '(?<frontend>[^ ]+)',
  '(?<backend>[^ /]+)/(?<server>[^ ]+)',
  '(?<request_wait>[-0-9+]+)/(?<queue_wait>[-0-9+]+)/(?<connect_time>[-0-9+]+)/(?<response_time>[-0-9+]+)/(?<total_time>[-0-9+]+)',
  '(?<status>[-0-9]+)',
  '(?<bytes_read>[0-9+]+)',
  words('request_cookie', 'response_cookie', 'termination_state'),
  '(?<active_connections>[0-9]+)/(?<frontend_connections>[0-9]+)/(?<backend_connections>[0-9]+)/(?<server_connections>[0-9]+)/(?<retries>[0-9+]+)',
  '(?<server_queue>[0-9]+)/(?<backend_queue>[0-9]+)',
]

const CLOCK = '[0-9]{2}:[0-9]{2}:[0-9]{2}'
const SENDER = '(?<host>[^ ]+) (?<program>[^ :\\[]+)(?:\\[(?<pid>[0-9]+)\\])?'
/** What a line of syslog begins with: `Nov 22 10:00:00 host program[123]: `. */
const SYSLOG_HEADER = `(?<time>[A-Z][a-z][a-z] [ 0-9][0-9] ${CLOCK}) ${SENDER}`

/** What may stand before a message of CEF or LEEF, as syslog brings them. */
const BROUGHT = `(?:<(?<priority>[0-9]{1,3})>)?(?:(?<time>[A-Z][a-z][a-z] [ 0-9][0-9] ${CLOCK}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[^ ]+) (?<host>[^ ]+) )?`
/** What stands between two bars, in which `\|` is a bar. */
const BARRED = '(?:[^|\\\\]|\\\\.)*'
const barred = (...names: string[]) => names.map((name) => `(?<${name}>${BARRED})\\|`).join('')

/**
 * The layouts that are offered by name, each for whole lines. They are matched on the runtime's own engine, hence each
 * part has to end where the next one begins, by its characters alone: a line takes time by its length, however hostile.
 */
export const REGEXP_PRESETS: readonly RegexpPreset[] = [
  {
    id: 'combined',
    label: 'Apache or nginx, combined',
    pattern: `${COMMON} ${quoted('referrer')} ${quoted('user_agent')}`,
  },
  { id: 'common', label: 'Apache, common', pattern: COMMON },
  {
    id: 'apache-error',
    label: 'Apache, errors',
    pattern: `\\[(?<time>[A-Z][a-z][a-z] [A-Z][a-z][a-z] [ 0-9][0-9] ${CLOCK}(?:\\.[0-9]+)? [0-9]{4})\\] \\[(?:(?<module>[^ :\\]]*):)?(?<level>[a-z0-9]+)\\](?: \\[pid (?<pid>[0-9]+)(?::tid (?<tid>[0-9]+))?\\])?(?: \\[client (?<client>[^ \\]]+)\\])? (?<message>.*)`,
  },
  {
    id: 'nginx-error',
    label: 'nginx, errors',
    pattern:
      '(?<time>[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}) \\[(?<level>[a-z]+)\\] (?<pid>[0-9]+)#(?<tid>[0-9]+): (?:\\*(?<connection>[0-9]+) )?(?<message>.*)',
  },
  {
    id: 'syslog-3164',
    label: 'Syslog, RFC 3164',
    pattern: `(?:<(?<priority>[0-9]{1,3})>)?${SYSLOG_HEADER}: ?(?<message>.*)`,
  },
  {
    id: 'syslog-iso',
    label: 'Syslog, with ISO times',
    pattern: `(?<time>[0-9]{4}-[0-9]{2}-[0-9]{2}T${CLOCK}(?:\\.[0-9]+)?(?:Z|[-+][0-9]{2}:?[0-9]{2})) ${SENDER}:(?: (?<message>.*))?`,
  },
  {
    id: 'syslog-5424',
    label: 'Syslog, RFC 5424',
    pattern:
      '<(?<priority>[0-9]{1,3})>(?<version>[1-9][0-9]{0,2}) (?<time>[^ ]+) (?<host>[^ ]+) (?<program>[^ ]+) (?<pid>[^ ]+) (?<message_id>[^ ]+) (?<data>-|(?:\\[(?:[^"\\]]|"(?:[^"\\\\]|\\\\.)*")*\\])+)(?: \\x{feff}?(?<message>.*))?',
  },
  {
    id: 'cef',
    label: 'CEF (Common Event Format)',
    pattern: `${BROUGHT}CEF:(?<cef_version>[0-9.]+)\\|${barred('vendor', 'product', 'product_version', 'signature_id', 'name', 'severity')}(?<extension>.*)`,
  },
  {
    id: 'leef',
    label: 'LEEF (Log Event Extended Format)',
    pattern: `${BROUGHT}LEEF:(?<leef_version>[0-9.]+)\\|${barred('vendor', 'product', 'product_version', 'event_id')}(?:(?<delimiter>[^|=]{0,8})\\|)?(?<extension>.*)`,
  },
  {
    id: 's3-access',
    label: 'Amazon S3 server access log',
    pattern: `${S3_ACCESS.join(' ')}${S3_LATER.map((name) => `(?: (?<${name}>[^ ]*)`).join('')}(?: .*)?${')?'.repeat(S3_LATER.length)}`,
  },
  {
    id: 'alb',
    label: 'AWS Application Load Balancer',
    pattern: `${ALB.join(' ')}(?: (?<conn_trace_id>[^ ]*)(?: .*)?)?`,
  },
  {
    id: 'haproxy',
    label: 'HAProxy, HTTP',
    pattern: `(?:${SYSLOG_HEADER}: )?${HAPROXY.join(' ')}(?: \\{(?<request_headers>[^}]*)\\})?(?: \\{(?<response_headers>[^}]*)\\})? "(?<request>[^"]*)"?`,
  },
]
