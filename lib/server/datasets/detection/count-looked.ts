import 'server-only'

/** Is told how many of the chosen files were looked at, and how many were chosen. */
export type OnLooked = (looked: number, of: number) => void

/** Tells that a look at so many files begins; what it gives back is called after each of them. */
export function countLooked(of: number, onLooked: OnLooked): () => void {
  let looked = 0
  onLooked(looked, of)
  return () => onLooked(++looked, of)
}
