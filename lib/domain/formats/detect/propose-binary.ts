import { type Proposal, shareOf } from './proposal'
import type { TextSample } from './text-sample'

/** Proposes Parquet where files begin as it does; other binary kinds are read by no format. */
export function proposeBinary(samples: readonly TextSample[]): Proposal | undefined {
  const parquet = samples.filter(({ looksLike }) => looksLike?.id === 'parquet').length
  if (parquet === 0) return undefined
  const isAre = parquet === 1 ? 'begins' : 'begin'
  return {
    format: { type: 'parquet', params: {} },
    label: 'Parquet',
    layout: null,
    confidence: 0.99 * (parquet / samples.length),
    evidence: [`${shareOf(parquet, samples.length, 'file')} ${isAre} with PAR1, as Parquet does.`],
    columns: [],
    weakness: parquet < samples.length ? `Only ${parquet} of ${samples.length} files are Parquet.` : null,
  }
}
