const SYSTEM = 'system:'

/** Who acts without being a person or a key, by the part after `system:`. */
const SYSTEM_WORDS: Readonly<Record<string, string>> = {
  machine: 'this server (command line)',
  'seed-demo': 'demo data',
}

/**
 * What to call who did something, where that is no name: `"this server (command line)"` for `"system:machine"`,
 * `"Launchpad"` for any job of its own, null for a person or a key.
 */
export function saySystemActor(actor: string): string | null {
  if (!actor.startsWith(SYSTEM)) return null
  const part = actor.slice(SYSTEM.length)
  return Object.hasOwn(SYSTEM_WORDS, part) ? (SYSTEM_WORDS[part] ?? null) : 'Launchpad'
}

/** A person, a key or the system, as a sentence names it. */
export const sayActor = (actor: string): string => saySystemActor(actor) ?? actor
