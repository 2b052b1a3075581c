import { WIZARD_TABS, type WizardTab } from '#lib/domain/datasets/problem'

/** The tab that an address names; Files for any other. */
export function readTab(query: { get: (name: string) => string | null }): WizardTab {
  const named = query.get('tab')
  return WIZARD_TABS.find((tab) => tab === named) ?? 'files'
}

/** The same address with some of its query changed; null takes a part away. */
export function addressWith(query: string, change: Record<string, string | null>): string {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(change)) {
    if (value === null) next.delete(name)
    else next.set(name, value)
  }
  return `?${next}`
}
