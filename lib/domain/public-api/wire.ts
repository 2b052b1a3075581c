import * as z from 'zod'

/** Who a key speaks for, as `get_auth_info()` reads it. */
export const authInfo = z.object({
  authIdentifier: z.string(),
  groups: z.array(z.string()),
  authSource: z.enum(['PERSONAL_API_KEY', 'GLOBAL_API_KEY']),
})
export type AuthInfo = z.infer<typeof authInfo>
