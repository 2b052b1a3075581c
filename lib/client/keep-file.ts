/** Downloads what the browser holds already, under a name: `keepFile(new Blob(['{}']), 'dataset.json')`. */
export function keepFile(file: Blob, fileName: string): void {
  const href = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = href
  link.download = fileName
  link.click()
  URL.revokeObjectURL(href)
}
