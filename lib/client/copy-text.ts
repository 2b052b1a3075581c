/**
 * Puts a text on the clipboard. Where pages come over plain http from another machine, browsers give scripts no clipboard;
 * there the text goes with the page's own copy event.
 * @returns whether the browser took it
 */
export async function copyText(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return copyByEvent(text)
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    // The browser, or who uses it, does not let this page copy.
    return false
  }
}

function copyByEvent(text: string): boolean {
  let taken = false
  const give = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
    taken = event.clipboardData !== null
  }
  document.addEventListener('copy', give, { capture: true })
  try {
    return document.execCommand('copy') && taken
  } finally {
    document.removeEventListener('copy', give, { capture: true })
  }
}
