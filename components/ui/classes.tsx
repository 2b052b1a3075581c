/** Joins class names, leaving out what is false: `classes('btn', primary && 'primary')`. */
export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ')
}
