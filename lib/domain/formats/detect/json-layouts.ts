type JsonObject = Record<string, unknown>

/** A layout that is known by the names in its records. */
interface Layout {
  name: string
  matches(record: JsonObject): boolean
  /** Names that it was told by, for the evidence. */
  told: string
  /** Offered as one record per line first, as the audit logs' own documentation does. */
  byLine?: true
}

const LAYOUTS: Layout[] = [
  {
    name: 'DSS audit log',
    matches: (record) => isText(record.logger, /^dku\b/) && isObject(record.message),
    told: 'logger "dku.…" and message',
    byLine: true,
  },
  {
    name: 'Event Server',
    matches: (record) => isObject(record.clientEvent) && 'serverTimestamp' in record,
    told: 'clientEvent and serverTimestamp',
    byLine: true,
  },
  {
    name: 'CloudTrail',
    matches: (record) => has(record, 'eventVersion', 'eventSource', 'eventName', 'eventTime'),
    told: 'eventVersion, eventSource and eventName',
  },
  {
    name: 'GCP audit log',
    matches: (record) => isObject(record.protoPayload) && has(record, 'logName'),
    told: 'protoPayload and logName',
  },
  {
    name: 'GCP log entries',
    matches: (record) => has(record, 'logName', 'insertId', 'resource'),
    told: 'logName, insertId and resource',
  },
  {
    name: 'Elastic Common Schema',
    matches: (record) => has(record, '@timestamp') && ('ecs' in record || 'ecs.version' in record),
    told: '@timestamp and ecs.version',
  },
  {
    name: 'Kubernetes audit log',
    matches: (record) => isText(record.apiVersion, /^audit\.k8s\.io\//),
    told: 'apiVersion "audit.k8s.io/…"',
  },
  {
    name: 'AWS WAF',
    matches: (record) => has(record, 'webaclId', 'terminatingRuleId', 'httpRequest'),
    told: 'webaclId, terminatingRuleId and httpRequest',
  },
  {
    name: 'Azure activity log',
    matches: (record) => has(record, 'operationName', 'resourceId', 'time', 'category'),
    told: 'operationName, resourceId and category',
  },
  {
    name: 'Docker json-file',
    matches: (record) => has(record, 'log', 'stream', 'time') && isText(record.stream, /^std(?:out|err)$/),
    told: 'log, stream and time',
  },
  {
    name: 'systemd journal',
    matches: (record) => has(record, '__REALTIME_TIMESTAMP', '__CURSOR'),
    told: '__CURSOR and __REALTIME_TIMESTAMP',
  },
  {
    name: 'Bunyan / Pino',
    matches: (record) => typeof record.level === 'number' && has(record, 'pid', 'hostname', 'time', 'msg'),
    told: 'level, time, pid, hostname and msg',
  },
]

const SAMPLED_RECORDS = 50
const NEEDED_SHARE = 0.8

/** Names the layout that most of the records have. */
export function findJsonLayout(records: readonly JsonObject[]): Layout | undefined {
  const looked = records.slice(0, SAMPLED_RECORDS)
  if (looked.length === 0) return undefined
  return LAYOUTS.find(
    ({ matches }) => looked.filter(matches).length >= Math.max(1, looked.length * NEEDED_SHARE),
  )
}

/** Tells a JSON object from other JSON values. */
export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const has = (record: JsonObject, ...names: string[]) => names.every((name) => Object.hasOwn(record, name))
const isText = (value: unknown, pattern: RegExp) => typeof value === 'string' && pattern.test(value)
