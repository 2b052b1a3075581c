/**
 * Runs pieces of work side by side. The first failure tells the others to end, and is thrown once they have: what they brought
 * up is known by then and can be taken down.
 * @template {readonly unknown[]} T
 * @param {AbortSignal} signal
 * @param {{ [K in keyof T]: (signal: AbortSignal) => Promise<T[K]> }} pieces
 * @returns {Promise<T>}
 */
export async function together(signal, pieces) {
  const failed = new AbortController()
  const early = AbortSignal.any([signal, failed.signal])
  let first
  const results = await Promise.all(
    pieces.map((piece) =>
      piece(early).catch((error) => {
        first ??= { error }
        failed.abort()
      }),
    ),
  )
  if (first) throw first.error
  return /** @type {T} */ (/** @type {unknown} */ (results))
}
