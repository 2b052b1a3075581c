import type { MetricId, MetricPoint } from '#lib/domain/datasets/metrics'

/** The values that were computed at once. */
export interface Computation {
  at: string
  by: string | null
  /** The settings have changed since. */
  stale: boolean
  values: ReadonlyMap<MetricId, number>
}

/** Points as computations, newest first as they come. */
export function groupComputations(points: readonly MetricPoint[]): Computation[] {
  return [...Map.groupBy(points, ({ computedAt }) => computedAt)].map(([at, together]) => ({
    at,
    by: together.find(({ computedBy }) => computedBy !== null)?.computedBy ?? null,
    stale: together.some(({ stale }) => stale),
    values: new Map(together.map(({ metric, value }) => [metric, value])),
  }))
}

/** The values of one metric, oldest first. */
export const valuesOf = (computations: readonly Computation[], metric: MetricId): number[] =>
  computations
    .flatMap(({ values }) => {
      const value = values.get(metric)
      return value === undefined ? [] : [value]
    })
    .reverse()
