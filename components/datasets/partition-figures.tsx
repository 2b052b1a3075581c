import { type Figure, Figures } from '#components/ui/figures'
import type { Coverage } from '#lib/domain/datasets/coverage'
import type { PartitionsReport } from '#lib/domain/datasets/partitions-wire'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import type { Dimension } from '#lib/domain/partitioning/dimensions'
import { PERIOD_LABELS } from '#lib/domain/partitioning/periods'

interface PartitionFiguresProps {
  report: PartitionsReport
  dimensions: readonly Dimension[]
  coverage: Coverage | null
}

/** How many partitions and files there are, their size, and what is missing of what is expected. */
export function PartitionFigures({ report, dimensions, coverage }: PartitionFiguresProps) {
  const { partitions, matched, unmatched } = report.ledger
  const [size, unit] = formatBytes(partitions.reduce((sum, one) => sum + one.sizeBytes, 0)).split(' ')
  const items: Figure[] = [
    {
      label: 'Partitions',
      value: formatCount(dimensions.length === 0 ? 0 : partitions.length),
      note: dimensions.length === 0 ? 'not partitioned' : coverage && sayExtent(coverage, dimensions),
    },
    {
      label: 'Files',
      value: formatCount(matched),
      ...(unmatched > 0 ? { note: `${formatCount(unmatched)} unmatched`, tone: 'warn' as const } : {}),
    },
    { label: 'Size', value: size, ...(unit ? { unit } : {}) },
  ]
  if (coverage) items.push(missingFigure(coverage))
  return <Figures items={items} />
}

function sayExtent({ values, periods, period }: Coverage, dimensions: readonly Dimension[]): string {
  const discrete = dimensions.filter((dimension) => dimension.type === 'value').map(({ name }) => name)
  const spans = formatQuantity(periods, PERIOD_LABELS[period].toLowerCase())
  if (discrete.length === 0) return spans
  const [only] = discrete
  const what = discrete.length === 1 ? `value${values.length === 1 ? '' : 's'} of ${only}` : 'combinations'
  return `${formatCount(values.length)} ${what}, ${spans}`
}

function missingFigure({ missing, expected }: Coverage): Figure {
  if (expected === null) return { label: 'Missing', value: '–', note: 'too many periods to tell' }
  return {
    label: 'Missing',
    value: formatCount(missing.length),
    note: `of ${formatCount(expected)} expected`,
    ...(missing.length > 0 ? { tone: 'warn' as const } : {}),
  }
}
