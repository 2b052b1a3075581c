import 'server-only'
import { endpointPolicy } from '../connections/endpoint-policy'
import { config } from '../platform/config'
import { openStore } from '../platform/object-store/open-store'
import type { ObjectStore, StoreTimeouts } from '../platform/object-store/types'
import type { Permit } from '../platform/permit'

/** The platform's own bucket below a space's root, with the operator's key that may write. */
export function platformStore(
  permit: Permit,
  spaceId: string,
  timeouts: Partial<StoreTimeouts> = {},
): ObjectStore {
  const { endpoint, region, bucket, writer } = config().store
  return openStore(
    permit,
    {
      root: `${spaceId}/`,
      allowedPrefixes: [],
      ...(endpoint === undefined ? {} : { endpoint }),
      region,
      bucket,
      pathStyle: endpoint !== undefined,
      checksumMode: endpoint === undefined ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
      credential: {
        kind: 'static',
        accessKeyId: writer.accessKeyId,
        openSecret: () => writer.secretAccessKey,
      },
    },
    endpointPolicy(),
    { timeouts },
  )
}
