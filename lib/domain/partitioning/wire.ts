import * as z from 'zod'
import { PERIODS } from './periods'

const dimensionName = z.string().max(200).meta({ description: 'Name of the dimension, as in %{name}' })

const valueDimensionWire = z.looseObject({ name: dimensionName, type: z.literal('value') })

const timeDimensionWire = z.looseObject({
  name: dimensionName,
  type: z.literal('time'),
  params: z.looseObject({ period: z.enum(PERIODS) }),
})

/** A dimension as datasets store it; unknown keys are kept and given back. */
export const dimensionWire = z.discriminatedUnion('type', [valueDimensionWire, timeDimensionWire])

/** A dataset's `partitioning`. Its rules are `parsePartitioning`'s: this checks the shape alone, so that drafts can hold mistakes. */
export const partitioningWire = z.looseObject({
  dimensions: z.array(dimensionWire).max(50),
  filePathPattern: z.string().max(10_000).optional(),
  ignoreNonMatchingFile: z.boolean().optional(),
  considerMissingRequestedPartitionsAsEmpty: z.boolean().optional(),
})

export type PartitioningWire = z.infer<typeof partitioningWire>
