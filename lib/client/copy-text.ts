/**
 * Puts a text on the clipboard. Where pages come over plain http from another machine, browsers give scripts no clipboard;
 * there the text goes with the page's own copy event.
 * @returns whether the browser took it
 */
export async function copyText(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return copyByEvent(text)
  return navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
}

function copyByEvent(text: string): boolean {
  document.oncopy = (event) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  }
  const taken = document.execCommand('copy')
  document.oncopy = null
  return taken
}
