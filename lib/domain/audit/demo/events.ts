import { formatTimestamp } from '../envelope'
import { drawId, makeRandom, pick } from './random'
import { DEMO_SOURCES, type DemoSource, expectedEvents } from './rhythm'

const HOUR_MS = 3_600_000
const PROJECTS = ['CHURN', 'SALES', 'FRAUD', 'SUPPLY', 'PRICING', 'CLAIMS', 'FORECAST', 'ONBOARDING'] as const
const USERS = [
  'analyst.01',
  'analyst.02',
  'analyst.03',
  'designer.01',
  'designer.02',
  'designer.03',
  'engineer.01',
  'engineer.02',
  'steward.01',
  'admin.01',
] as const
const DATASETS = [
  'orders',
  'customers',
  'events_prepared',
  'claims_2026',
  'prices',
  'scored',
  'web_logs',
] as const
const CONNECTIONS = ['lake-raw', 'lake-curated', 'warehouse'] as const
const SERVICES = ['churn_score', 'fraud_check', 'price_quote'] as const

/** msgTypes by how often they come: earlier ones more. */
const MSG_TYPES: Record<DemoSource, readonly [string, ...string[]]> = {
  design: [
    'dataset-read-data-sample',
    'dataset-save',
    'fsprovider-browse',
    'dataset-preview-start',
    'login-success',
    'connections-list-names',
    'logout',
    'dataset-create',
    'dataset-export',
    'dataset-detect-partitioning',
    'fsprovider-test',
    'login-failure',
    'project-create',
    'dataset-delete',
    'admin-connection-save',
  ],
  automation: ['dataset-read-data', 'dataset-save', 'login-success', 'dataset-export', 'fsprovider-browse'],
  api: ['login-success', 'login-failure', 'logout'],
  deployer: ['login-success', 'project-create', 'logout', 'admin-connection-save'],
  govern: ['login-success', 'dataset-read-data-sample', 'logout', 'project-create'],
  queries: ['prediction-query', 'lookup-query'],
}

export interface DemoHour {
  /** Lines in the order of their time. */
  lines: string[]
  /** The name of their object. */
  batchId: string
}

/**
 * The events of one source in one hour: always the same for the same hour. Each says `"demo": true`.
 * @returns null for an hour without events
 */
export function makeDemoHour(source: DemoSource, hourMs: number, nowMs: number): DemoHour | null {
  const random = makeRandom(hourMs / HOUR_MS + DEMO_SOURCES.indexOf(source) * 7_919)
  const count = Math.round(expectedEvents(source, hourMs, nowMs) * (0.75 + random() * 0.5))
  if (count === 0) return null
  const times = Array.from({ length: count }, () => hourMs + Math.floor(random() * HOUR_MS)).sort(
    (a, b) => a - b,
  )
  return {
    lines: times.map((atMs) => makeLine(source, atMs, random)),
    batchId: drawId(hourMs + HOUR_MS - 1, random),
  }
}

function makeLine(source: DemoSource, atMs: number, random: () => number): string {
  const types = MSG_TYPES[source]
  const msgType = types[Math.floor(random() ** 2.2 * types.length)] ?? types[0]
  const failed = msgType === 'login-failure' || random() < 0.01
  const topic = topicOf(source, msgType, failed)
  const user = source === 'queries' ? 'api-client' : pick(random, USERS)
  const message = {
    demo: true,
    msgType,
    eventId: drawId(atMs, random),
    nodeId: source === 'queries' ? 'api-prod' : `${source}-prod`,
    authUser: user,
    authSource: source === 'queries' ? 'API_KEY' : 'USER_FROM_UI',
    outcome: failed ? 'failed' : 'success',
    originAddress: `10.20.${Math.floor(random() * 4)}.${1 + Math.floor(random() * 250)}`,
    ...details(source, msgType, random),
  }
  return JSON.stringify({
    severity: failed ? 'WARN' : 'INFO',
    logger: `dku.audit.${topic}`,
    topic,
    message,
    mdc: { apiCall: `/api/${msgType}`, user },
    callTime: Math.floor(random() ** 3 * 900),
    timestamp: formatTimestamp(new Date(atMs)),
  })
}

function topicOf(source: DemoSource, msgType: string, failed: boolean): string {
  if (source === 'queries') return 'apinode-query'
  if (msgType === 'login-failure') return 'authfail'
  return failed ? 'generic-failure' : 'generic'
}

function details(source: DemoSource, msgType: string, random: () => number): Record<string, unknown> {
  if (source === 'queries') {
    const serviceId = pick(random, SERVICES)
    return {
      serviceId,
      endpointId: 'default',
      generation: 1 + Math.floor(random() * 12),
      queryMs: Math.floor(random() ** 2 * 120),
    }
  }
  if (msgType.startsWith('dataset-')) {
    return { projectKey: pick(random, PROJECTS), objectType: 'dataset', objectId: pick(random, DATASETS) }
  }
  if (msgType.startsWith('project-')) {
    return { projectKey: pick(random, PROJECTS), objectType: 'project' }
  }
  if (msgType.startsWith('fsprovider-') || msgType.includes('connection')) {
    return { objectType: 'connection', objectId: pick(random, CONNECTIONS) }
  }
  return {}
}
