import { type Proposal, sayOnly, sayShare } from './proposal'
import type { TextSample } from './text-sample'

/** Proposes Parquet where files begin as it does; other binary kinds are read by no format. */
export function proposeBinary(samples: readonly TextSample[]): Proposal | undefined {
  const parquet = samples.filter(({ looksLike }) => looksLike?.id === 'parquet').length
  if (parquet === 0) return undefined
  return {
    format: { type: 'parquet', params: {} },
    label: 'Parquet',
    layout: null,
    confidence: 0.99 * (parquet / samples.length),
    evidence: [`${sayShare(parquet, samples.length, 'file', 'begins', 'begin')} with PAR1, as Parquet does.`],
    columns: [],
    weakness:
      parquet < samples.length ? `${sayOnly(parquet, samples.length, 'file', 'is', 'are')} Parquet.` : null,
  }
}
