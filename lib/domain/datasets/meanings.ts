import { isDate, isMoment, isWallClock } from './date-texts'
import { isGeometry, isGeoPoint } from './geo-texts'
import { fitsType, jsonKind } from './storage-types'

interface Meaning {
  label: string
  /** Tells whether a text that is not empty is one. */
  fits: (text: string) => boolean
}

/** What the values of a column stand for, by the ids of the DSS dataset JSON; all of them can be checked. */
const MEANINGS = new Map<string, Meaning>([
  ['Text', { label: 'Text', fits: () => true }],
  ['DoubleMeaning', { label: 'Decimal', fits: (text) => fitsType(text, 'double') }],
  ['LongMeaning', { label: 'Integer', fits: (text) => fitsType(text, 'bigint') }],
  ['Boolean', { label: 'Boolean', fits: (text) => /^(?:true|false|yes|no|[01tfyn])$/i.test(text) }],
  ['Date', { label: 'Date', fits: isMoment }],
  ['DateOnly', { label: 'Date only', fits: isDate }],
  ['DatetimeNoTz', { label: 'Date and time, no zone', fits: isWallClock }],
  ['Email', { label: 'Email', fits: isEmail }],
  ['IPAddress', { label: 'IP address', fits: isIpAddress }],
  ['URL', { label: 'URL', fits: isUrl }],
  ['JSONObjectMeaning', { label: 'Object (JSON)', fits: (text) => jsonKind(text) === 'object' }],
  ['JSONArrayMeaning', { label: 'Array (JSON)', fits: (text) => jsonKind(text) === 'array' }],
  ['CountryMeaning', { label: 'Country', fits: isCountry }],
  ['Latitude', { label: 'Latitude', fits: (text) => isWithin(text, 90) }],
  ['Longitude', { label: 'Longitude', fits: (text) => isWithin(text, 180) }],
  ['GeoPoint', { label: 'Geopoint', fits: isGeoPoint }],
  ['GeometryMeaning', { label: 'Geometry', fits: isGeometry }],
])

/** The meanings that are offered, with their names. */
export const MEANING_CHOICES = [...MEANINGS].map(([value, { label }]) => ({ value, label }))

/** The name of a meaning; its id where it is not known here. */
export const meaningLabel = (id: string): string => MEANINGS.get(id)?.label ?? id

/**
 * Tells whether a text is what a meaning says; one that is not known fits everything.
 * @example fitsMeaning('10.0.0.300', 'IPAddress') // false
 */
export const fitsMeaning = (text: string, id: string): boolean => MEANINGS.get(id)?.fits(text) ?? true

const MOST_EMAIL_CHARS = 254
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const HOST = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`, 'i')

function isEmail(text: string): boolean {
  if (text.length > MOST_EMAIL_CHARS) return false
  const at = text.lastIndexOf('@')
  const [local, host] = [text.slice(0, at), text.slice(at + 1)]
  return /^[^\s@"(),:;<>[\]\\]{1,64}$/.test(local) && host.includes('.') && HOST.test(host)
}

/** Longer than any browser takes. */
const MOST_URL_CHARS = 65_536

function isUrl(text: string): boolean {
  if (text.length > MOST_URL_CHARS) return false
  return /^[a-z][a-z0-9+.-]{0,30}:\/\/[^\s/?#]+[^\s]*$/i.test(text) || /^mailto:[^\s@]+@[^\s@]+$/i.test(text)
}

function isIpAddress(text: string): boolean {
  if (text.length > 64) return false
  return isIpv4(text) || isIpv6(text)
}

function isIpv4(text: string): boolean {
  const parts = text.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256)
}

/** Eight groups, a run of zeros written as `::` once, the last two perhaps as IPv4, a zone after `%`. */
function isIpv6(text: string): boolean {
  const address = text.replace(/%[\w.-]+$/, '')
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1)
  const endsInIpv4 = last !== undefined && isIpv4(last) && !address.endsWith('::')
  const hex = endsInIpv4 ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return false
  const count = hex.length + (endsInIpv4 ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

/** ISO 3166-1 alpha-2. */
const COUNTRY_CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )

let countries: Set<string> | undefined

/** By its code of two letters or its English name, in any case. */
function isCountry(text: string): boolean {
  countries ??= listCountries()
  return countries.has(text.toLowerCase())
}

function listCountries(): Set<string> {
  const names = new Intl.DisplayNames('en', { type: 'region' })
  return new Set(
    COUNTRY_CODES.flatMap((code) => [code.toLowerCase(), (names.of(code) ?? code).toLowerCase()]),
  )
}

const isWithin = (text: string, most: number): boolean =>
  fitsType(text, 'double') && Math.abs(Number(text)) <= most
