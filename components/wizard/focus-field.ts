/** Puts the focus into the field of this accessible name, where there is one. */
export function focusField(within: HTMLElement, name: string): void {
  const labels = [...within.querySelectorAll('label')]
  const label = labels.find(({ textContent }) => textContent === name)
  const labelled = label && document.getElementById(label.htmlFor)
  const named = [...within.querySelectorAll<HTMLElement>('button, [aria-label]')].find(
    (element) => element.ariaLabel === name || element.textContent === name,
  )
  const field = labelled ?? named
  field?.focus()
  field?.scrollIntoView({ block: 'nearest' })
}
