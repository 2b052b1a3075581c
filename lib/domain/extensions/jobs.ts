import * as z from 'zod'
import { extensionKeys } from './catalogue'

export const ACTIVATE_EXTENSION = 'activate-extension'
export const activateExtensionPayload = z.object({ key: extensionKeys, usableByGroups: z.array(z.string()) })
export type ActivateExtensionPayload = z.infer<typeof activateExtensionPayload>

export const DEACTIVATE_EXTENSION = 'deactivate-extension'
export const deactivateExtensionPayload = z.object({
  key: extensionKeys,
  reason: z.string(),
  removeConnection: z.boolean(),
})
export type DeactivateExtensionPayload = z.infer<typeof deactivateExtensionPayload>
