import * as z from 'zod'

/** The part of an address that names a connection. */
export const connectionParam = z.object({ name: z.string().min(1).max(100) })
