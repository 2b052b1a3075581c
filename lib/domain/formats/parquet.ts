import * as z from 'zod'

/** Parquet: columns and types stand in the file itself. */
export const parquetFormatSchema = z.object({ type: z.literal('parquet'), params: z.object({}) })

export type ParquetFormat = z.infer<typeof parquetFormatSchema>
