import 'server-only'

const SHOWN_CHARS = 13

/** What the list shows of a key, to tell it by: `"lp_key_Ab3dE9"`. */
export const keyPrefixOf = (secret: string): string => secret.slice(0, SHOWN_CHARS)
