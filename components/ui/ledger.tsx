import { formatCount } from '#lib/domain/format'

export interface LedgerTerm {
  count: number
  /** `"matched"`, `"excluded by rule"`. */
  label: string
}

/** Where everything went, as an equation: "Listed 4,502 = 4,500 matched + 2 unmatched + 0 excluded". */
export function Ledger({
  label,
  total,
  terms,
}: {
  label: string
  total: number
  terms: readonly LedgerTerm[]
}) {
  return (
    <p className="ledger">
      {label} <b>{formatCount(total)}</b>
      {terms.map((term, index) => (
        <span key={term.label} style={{ display: 'contents' }}>
          <span className="eq">{index === 0 ? '=' : '+'}</span> <b>{formatCount(term.count)}</b> {term.label}
        </span>
      ))}
    </p>
  )
}
