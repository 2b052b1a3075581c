import 'server-only'

/** The Prisma filter for rows whose interval `[from, until)` holds `at`. */
export const currentAt = (at: Date) => ({ from: { lte: at }, OR: [{ until: null }, { until: { gt: at } }] })
