const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const POINT = new RegExp(String.raw`^POINT\s?\(\s?(${NUMBER})\s(${NUMBER})\s?\)$`, 'i')

/** Tells whether a text is a point by longitude and latitude: `POINT(2.35 48.85)`. */
export function isGeoPoint(text: string): boolean {
  const found = POINT.exec(text)
  return found !== null && Math.abs(Number(found[1])) <= 180 && Math.abs(Number(found[2])) <= 90
}

const GEOMETRY =
  /^(?:SRID=\d{1,9};)?(?:(?:MULTI)?(?:POINT|LINESTRING|POLYGON)|GEOMETRYCOLLECTION)(?: ?(?:ZM?|M))? ?(?:EMPTY|\([-+0-9.eE,() \tA-Z]*\))$/i

/** Tells whether a text looks like well-known text: a kind of geometry, and balanced brackets full of numbers. */
export function isGeometry(text: string): boolean {
  if (!GEOMETRY.test(text)) return false
  if (/\( *[,)]|, *[,)]/.test(text)) return false
  let open = 0
  for (const character of text) {
    if (character === '(') open++
    if (character === ')' && --open < 0) return false
  }
  return open === 0
}
