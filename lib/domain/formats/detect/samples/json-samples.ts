import { type DetectionSample, Dice, lines, tuned, USERS } from './sample'

const json = (value: unknown) => JSON.stringify(value)
const list = <Item>(count: number, item: () => Item) => Array.from({ length: count }, item)

const dssEvent = (dice: Dice) => ({
  severity: dice.pick(['INFO', 'WARN']),
  logger: `dku.audit.${dice.pick(['generic', 'authfail', 'apicalls'])}`,
  topic: 'generic',
  message: {
    msgType: dice.pick(['dataset-save', 'login-success', 'project-create', 'admin-connection-save']),
    authUser: dice.pick(USERS),
    ...(dice.int(0, 3) === 0 ? { before: [{ name: 'a' }, { name: 'b' }], after: [{ name: 'a' }] } : {}),
  },
  mdc: { apiCall: '/api/datasets/save', user: dice.pick(USERS) },
  callTime: dice.int(1, 900),
  timestamp: dice.iso().replace('Z', '+0000'),
})
const serverEvent = (dice: Dice) => ({
  clientEvent: {
    type: 'page-viewed',
    user: dice.pick(USERS),
    props: { page: '/flow', took: dice.int(1, 99) },
  },
  origAddress: dice.ip(),
  serverTimestamp: dice.iso(),
})
const trailEvent = (dice: Dice) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    principalId: `AIDA${dice.hex(16).toUpperCase()}`,
    accountId: '123456789012',
  },
  eventTime: dice.iso(),
  eventSource: dice.pick(['s3.amazonaws.com', 'ec2.amazonaws.com', 'iam.amazonaws.com']),
  eventName: dice.pick(['GetObject', 'DescribeInstances', 'AssumeRole']),
  awsRegion: 'eu-west-1',
  sourceIPAddress: dice.ip(),
  requestParameters: { bucketName: 'logs', tags: ['a', 'b'] },
  eventID: dice.uuid(),
})
const appEvent = (dice: Dice) => ({
  ts: dice.iso(),
  level: dice.pick(['info', 'warn', 'error']),
  msg: dice.pick(['started, ready', 'user signed in', 'cache: miss; retry']),
  user: dice.pick(USERS),
  took_ms: dice.int(1, 4000),
})
const gcp = (dice: Dice) => ({
  protoPayload: {
    '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
    methodName: 'storage.objects.get',
  },
  insertId: dice.hex(12),
  resource: { type: 'gcs_bucket', labels: { bucket_name: 'lake' } },
  timestamp: dice.iso(),
  severity: 'INFO',
  logName: 'projects/acme/logs/cloudaudit.googleapis.com%2Fdata_access',
})
const ecs = (dice: Dice) => ({
  '@timestamp': dice.iso(),
  'log.level': 'INFO',
  message: 'request done, 200',
  'ecs.version': '1.6.0',
  'http.request.method': 'GET',
  'source.ip': dice.ip(),
})
const docker = (dice: Dice) => ({
  log: `${dice.pick(['GET / 200', 'ready', '{"a":1}'])}\n`,
  stream: dice.pick(['stdout', 'stderr']),
  time: dice.iso().replace('Z', '123456Z'),
})
const kubernetes = (dice: Dice) => ({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID: dice.uuid(),
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/default/pods',
  verb: dice.pick(['list', 'watch', 'get']),
  user: { username: 'system:serviceaccount:kube-system:default', groups: ['system:authenticated'] },
})
const pino = (dice: Dice) => ({
  level: dice.pick([30, 40, 50]),
  time: dice.time(),
  pid: 17,
  hostname: 'web-1',
  msg: 'request completed',
  reqId: dice.hex(8),
})
const order = (dice: Dice) => ({
  id: dice.int(1, 9999),
  customer: dice.pick(USERS),
  lines: list(2, () => ({ sku: dice.hex(6), n: 1 })),
})
const waf = (dice: Dice) => ({
  timestamp: dice.time(),
  formatVersion: 1,
  webaclId: `arn:aws:wafv2:eu-west-1:1:regional/webacl/a/${dice.uuid()}`,
  terminatingRuleId: 'Default_Action',
  action: 'ALLOW',
  httpRequest: {
    clientIp: dice.ip(),
    country: 'DE',
    uri: '/',
    headers: [{ name: 'Host', value: 'example.com' }],
  },
})

const ndjson = (of: (dice: Dice) => unknown, seed: number, count: number, end = '\n') => {
  const dice = new Dice(seed)
  return lines(count, () => json(of(dice)), end)
}
const byLine = (kind: string, of: (dice: Dice) => unknown, layout: string | null): DetectionSample[] =>
  [1, 2, 3].map((seed) => ({
    kind,
    files:
      seed === 3
        ? [ndjson(of, 7, 3), ndjson(of, 8, 12), ndjson(of, 9, 1)]
        : [ndjson(of, seed, seed * 9, seed === 2 ? '\r\n' : '\n')],
    expected: { type: 'json' as const, rootPath: '', layout },
  }))
const audit = (kind: string, of: (dice: Dice) => unknown): DetectionSample[] =>
  [1, 2, 3, 4].map((seed) => ({
    kind,
    files: seed === 3 ? [ndjson(of, 31, 20), ndjson(of, 32, 1)] : [ndjson(of, seed, seed === 4 ? 1 : 15)],
    expected: { type: 'line' as const, layout: kind },
  }))
const pretty = (value: unknown) => JSON.stringify(value, null, 2)
const dice = new Dice(400)

/** Files of JSON, one object a line or otherwise. */
export const JSON_SAMPLES: DetectionSample[] = [
  ...audit('DSS audit log', dssEvent),
  ...audit('Event Server', serverEvent),
  ...byLine('JSON lines of an application', appEvent, null),
  ...byLine('GCP audit log', gcp, 'GCP audit log'),
  ...byLine('Elastic Common Schema', ecs, 'Elastic Common Schema'),
  ...byLine('Docker json-file', docker, 'Docker json-file'),
  ...byLine('Kubernetes audit log', kubernetes, 'Kubernetes audit log'),
  ...byLine('Pino', pino, 'Bunyan / Pino'),
  ...byLine('AWS WAF', waf, 'AWS WAF'),
  ...byLine('JSON lines with lists', order, null).map((sample, n) => (n === 2 ? tuned(sample) : sample)),
  {
    kind: 'CloudTrail',
    files: [
      json({ Records: list(12, () => trailEvent(dice)) }),
      json({ Records: list(3, () => trailEvent(dice)) }),
    ],
    expected: { type: 'json', rootPath: 'Records', layout: 'CloudTrail' },
  },
  {
    kind: 'CloudTrail',
    files: [json({ Records: list(400, () => trailEvent(dice)) })],
    expected: { type: 'json', rootPath: 'Records', layout: 'CloudTrail' },
  },
  {
    kind: 'CloudTrail',
    files: [pretty({ Records: list(2, () => trailEvent(dice)) }), json({ Records: [] })],
    expected: { type: 'json', rootPath: 'Records', layout: 'CloudTrail' },
    usedToTune: true,
  },
  ...[1, 30, 300].map(
    (count): DetectionSample => ({
      kind: 'JSON array',
      files: [json(list(count, () => appEvent(dice)))],
      expected: { type: 'json', rootPath: '', layout: null },
    }),
  ),
  {
    kind: 'JSON array',
    files: [pretty(list(8, () => order(dice)))],
    expected: { type: 'json', rootPath: '' },
  },
  {
    kind: 'JSON array',
    files: [`[\n${list(9, () => json(appEvent(dice))).join(',\n')}\n]\n`],
    expected: { type: 'json', rootPath: '' },
  },
  ...[2, 5, 60].map(
    (count): DetectionSample => ({
      kind: 'JSON objects over several lines',
      files: [list(count, () => pretty(order(dice))).join('\n')],
      expected: { type: 'json', rootPath: '' },
    }),
  ),
  {
    kind: 'JSON objects without line ends',
    files: [list(40, () => json(appEvent(dice))).join('')],
    expected: { type: 'json', rootPath: '' },
  },
  {
    kind: 'JSON objects without line ends',
    files: [list(3, () => json(order(dice))).join(' '), list(5, () => json(order(dice))).join(' ')],
    expected: { type: 'json', rootPath: '' },
  },
  {
    kind: 'JSON below a root path',
    files: [pretty({ meta: { page: 1, total: 40 }, data: { items: list(20, () => appEvent(dice)) } })],
    expected: { type: 'json', rootPath: 'data.items' },
  },
  {
    kind: 'JSON below a root path',
    files: [json({ value: list(6, () => order(dice)), nextLink: 'https://api.example.com/next' })],
    expected: { type: 'json', rootPath: 'value' },
  },
  {
    kind: 'JSON below a root path',
    files: [
      json({
        took: 3,
        hits: { total: 9, hits: list(9, () => ({ _id: dice.hex(8), _source: appEvent(dice) })) },
      }),
    ],
    expected: { type: 'json', rootPath: 'hits.hits' },
  },
  {
    kind: 'Azure activity log',
    files: [
      json({
        records: list(7, () => ({
          time: dice.iso(),
          resourceId: '/SUBSCRIPTIONS/1',
          operationName: 'MICROSOFT.STORAGE/READ',
          category: 'Administrative',
        })),
      }),
    ],
    expected: { type: 'json', rootPath: 'records', layout: 'Azure activity log' },
  },
  {
    kind: 'CloudWatch subscription',
    files: [
      lines(5, () =>
        json({
          messageType: 'DATA_MESSAGE',
          owner: '123456789012',
          logGroup: '/aws/lambda/etl',
          logEvents: list(4, () => ({
            id: dice.hex(20),
            timestamp: dice.time(),
            message: 'START RequestId',
          })),
        }),
      ),
    ],
    expected: { type: 'json', rootPath: 'logEvents' },
  },
  {
    kind: 'JSON lines with some broken ones',
    files: [lines(40, (n) => (n % 13 === 5 ? 'Killed' : json(appEvent(dice))))],
    expected: { type: 'json', rootPath: '' },
  },
]
