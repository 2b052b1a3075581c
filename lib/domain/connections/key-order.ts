/**
 * Compares keys as stores order them, by their UTF-8: the order of code points. Strings compare by UTF-16, in which halves of
 * characters beyond U+FFFF stand before U+E000.
 * @example ['\u{1f600}', '\uffff'].sort(compareKeys) // ['\uffff', '\u{1f600}']
 */
export function compareKeys(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  for (let at = 0; at < length; at++) {
    const [unit, against] = [one.charCodeAt(at), other.charCodeAt(at)]
    if (unit !== against) return placeOf(unit) - placeOf(against)
  }
  return one.length - other.length
}

/** Where a unit stands among others, halves of characters last. */
function placeOf(unit: number): number {
  if (unit < 0xd800) return unit
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}
