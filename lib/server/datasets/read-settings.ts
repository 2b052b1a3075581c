import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { Failure } from '#lib/domain/errors'
import type { ReadLimits } from '../reader/meter'

/** What one file may unpack to per byte; deflate itself reaches 1032. */
const MAX_RATIO = 1_032

/** How whole files of a dataset are read, be it for their records or their number. */
export const readLimitsOf = ({ unreadableFiles }: DatasetDefinition) =>
  ({
    maxRatio: MAX_RATIO,
    binary: 'fail',
    recordFaults: unreadableFiles === 'warn' ? 'keep' : 'fail',
  }) as const satisfies ReadLimits

/** Whether the file is at fault: settings may leave such files out, never those that could not be had. */
export const isFaultOfFile = (error: unknown): error is Failure =>
  error instanceof Failure && (error.kind === 'validation_failed' || error.kind === 'limit_exceeded')
