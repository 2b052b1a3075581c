import 'server-only'
import { ACTIVATE_EXTENSION, activateExtensionPayload } from '#lib/domain/extensions/jobs'
import { deliverFirst } from '../audit/deliver-first'
import { runActivation } from '../extensions/activation'
import { defineJob } from './job-handler'

export const activateExtension = defineJob({
  kind: ACTIVATE_EXTENSION,
  payload: activateExtensionPayload,
  whenWorkerIsLost: 'retry',
  run: async ({ id, ctx }, payload) => {
    await runActivation(ctx, id, payload, deliverFirst)
    return { key: payload.key }
  },
})
