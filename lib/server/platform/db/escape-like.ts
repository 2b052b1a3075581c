import 'server-only'

/** A text that stands for itself where `%` and `_` stand for others: Prisma passes them on. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (char) => `\\${char}`)
