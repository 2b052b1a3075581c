/** A path as it was meant: without spaces around it, and with the bucket that stood before it, if one did. */
export interface PastedPath {
  path: string
  bucket: string | null
}

/**
 * Takes a pasted text apart into bucket and path; what is a path already stays as it is.
 * @example readPastedPath(' s3://lake/sales/ ') // { path: '/sales/', bucket: 'lake' }
 */
export function readPastedPath(text: string): PastedPath {
  const trimmed = text.trim()
  const address = /^s3[an]?:\/\/([^/]+)(\/.*)?$/is.exec(trimmed)
  return address === null
    ? { path: trimmed, bucket: null }
    : { path: address[2] ?? '/', bucket: address[1] ?? null }
}
