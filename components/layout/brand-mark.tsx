/** The mark: a teal diamond. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 18 18" aria-hidden="true">
      <path d="M9 1l8 8-8 8-8-8z" fill="currentColor" />
      <path d="M9 5.500L12.500 9 9 12.500 5.500 9z" fill="var(--surface)" />
    </svg>
  )
}
