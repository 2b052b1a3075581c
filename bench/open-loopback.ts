import { parseEndpointPolicy } from '#lib/domain/connections/endpoint'
import { systemPermit } from '#lib/server/access/with-permit'
import { openStore } from '#lib/server/platform/object-store/open-store'
import type { ObjectStore } from '#lib/server/platform/object-store/types'

/** Opens a bucket of a loopback store as the product does, without a database. */
export function openLoopback({ endpoint, bucket }: { endpoint: string; bucket: string }): ObjectStore {
  const policy = parseEndpointPolicy(new URL(endpoint).host)
  if (!policy.ok) throw new Error('the policy is not valid')
  const permit = systemPermit('bench', new AbortController().signal)
  const credential = { kind: 'static', accessKeyId: 'BENCH', openSecret: () => 'bench' } as const
  const target = {
    endpoint,
    bucket,
    region: 'us-east-1',
    pathStyle: true,
    root: '',
    allowedPrefixes: [],
    checksumMode: 'WHEN_REQUIRED',
    credential,
  } as const
  return openStore(permit, target, policy.value)
}
