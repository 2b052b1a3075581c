import 'server-only'
import { administratorsOnly } from '#lib/domain/access/subject'
import type { ResourceKind } from '../access/resource-kind'

/** How the space as a whole does. */
export const overviewKind: ResourceKind<null, { spaceId: string }, 'read'> = {
  name: 'overview',
  load: async (_, spaceId) => ({ spaceId }),
  describe: () => ({ objectId: 'overview', name: 'Overview' }),
  actions: {
    read: {
      allows: administratorsOnly,
      event: {
        msgType: 'delivery-report-read',
        when: 'denied-only',
        because: 'a page of figures that polls',
      },
    },
  },
}
