// Runs before the first paint, so that a page never flashes in the other theme. The key is the one of theme.tsx.
const SCRIPT = `try {
  const theme = localStorage.getItem('launchpad:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {}`

/** Sets the chosen theme before paint; in `<head>`, with the nonce of the page. `<html>` needs `suppressHydrationWarning`. */
export function ThemeScript({ nonce }: { nonce: string | undefined }) {
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {SCRIPT}
    </script>
  )
}
