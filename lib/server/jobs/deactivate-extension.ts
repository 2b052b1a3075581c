import 'server-only'
import { DEACTIVATE_EXTENSION, deactivateExtensionPayload } from '#lib/domain/extensions/jobs'
import { formatQuantity } from '#lib/domain/format'
import { drain } from '../audit/drain'
import { runDeactivation } from '../extensions/deactivation'
import { defineJob } from './job-handler'

export const deactivateExtension = defineJob({
  kind: DEACTIVATE_EXTENSION,
  payload: deactivateExtensionPayload,
  whenWorkerIsLost: 'retry',
  run: async ({ id, ctx, report }, payload) => {
    const tell = (waiting: number, trouble: string | null) =>
      report({
        message: `Delivering what is left: ${formatQuantity(waiting, 'event')}${trouble ? `. ${trouble}` : ''}`,
      })
    await runDeactivation(ctx, id, payload, drain, tell)
    return { key: payload.key }
  },
})
