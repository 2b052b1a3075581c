import { cutShort } from './cut-short'
import { fitsType, type StorageType } from './storage-types'

/**
 * Types that values can speak for, the narrower before the wider. Texts of eight or sixteen bits are not among them: what
 * a sample's numbers stay below says little about the numbers to come; nor is `float`, which loses digits.
 */
export const INFERRED_TYPES = [
  'boolean',
  'int',
  'bigint',
  'double',
  'dateonly',
  'datetimenotz',
  'date',
  'geopoint',
  'geometry',
  'array',
  'object',
] as const satisfies readonly StorageType[]
export type InferredType = (typeof INFERRED_TYPES)[number]

/** A value that kept a column from being of a type, and how many there were. */
export interface Against<Place> {
  type: InferredType
  /** Cut short. */
  value: string
  place: Place
  /** Values that are of the type, and those that spoke against it. */
  fits: number
  misfits: number
  /** Of those against: what could be read as the type and would not be given back as it stands, as `007`. */
  altered: number
}

/**
 * Infers the type of a column from its values as they come: the narrowest that gives every one of them back as it stands,
 * `string` when there is none, or no value at all. Of numbers it is their value that comes back, which `12.50` and `12.00` may
 * be; `1.9` and `1.10` are no numbers. Empty values do not count.
 */
export class TypeInference<Place> {
  private values = 0
  /** For each type, in their order: how many values are of it, and the first that is not. */
  private readonly fits = INFERRED_TYPES.map(() => 0)
  private readonly altered = INFERRED_TYPES.map(() => 0)
  private readonly zeros = new EndingZeros<Place>()
  private readonly firstMisfits = INFERRED_TYPES.map((): { value: string; place: Place } | null => null)

  add(value: string, place: Place): void {
    if (value === '') return
    this.values++
    const types = typesOf(value)
    if (types === DOUBLE) this.zeros.add(value, place)
    let misfit: { value: string; place: Place } | undefined
    for (const [index, type] of INFERRED_TYPES.entries()) {
      if (types.includes(type)) increase(this.fits, index, 1)
      else {
        if (isAltered(value, type)) increase(this.altered, index, 1)
        if (this.firstMisfits[index]) continue
        misfit ??= { value: cutShort(value), place }
        this.firstMisfits[index] = misfit
      }
    }
  }

  /** Takes over what another has seen of values that came later. */
  merge(later: TypeInference<Place>): void {
    this.values += later.values
    this.zeros.merge(later.zeros)
    for (const index of INFERRED_TYPES.keys()) {
      increase(this.fits, index, later.fits[index] ?? 0)
      increase(this.altered, index, later.altered[index] ?? 0)
      this.firstMisfits[index] ??= later.firstMisfits[index] ?? null
    }
  }

  get type(): StorageType {
    if (this.values === 0) return 'string'
    const type = INFERRED_TYPES.find((_, index) => this.fits[index] === this.values) ?? 'string'
    return type === 'double' && this.zeros.areLost ? 'string' : type
  }

  /** What spoke against the types that some values are of or could be read as, those of most values first. */
  against(): Against<Place>[] {
    return INFERRED_TYPES.flatMap((type, index) => {
      const lost = type === 'double' && this.zeros.areLost ? this.zeros.count : 0
      const fits = (this.fits[index] ?? 0) - lost
      const altered = (this.altered[index] ?? 0) + lost
      const first = this.firstMisfits[index] ?? (lost > 0 ? this.zeros.first : null)
      return first && fits + altered > 0
        ? [{ type, fits, misfits: this.values - fits, altered, ...first }]
        : []
    }).sort((a, b) => b.fits + b.altered - a.fits - a.altered)
  }
}

/** Zeros at the end of decimals: a padding to one width, or, where widths differ, part of what is no number, as `1.10` is. */
class EndingZeros<Place> {
  count = 0
  first: { value: string; place: Place } | null = null
  /** How many digits stand behind the point; undefined where values differ in it. */
  private width: number | null | undefined = null

  add(value: string, place: Place): void {
    const digits = /\.(\d+)$/.exec(value)?.[1]
    if (digits === undefined) return
    this.join(digits.length)
    // Programs write whole numbers as `10.0`.
    if (digits.length < 2 || !digits.endsWith('0')) return
    this.count++
    this.first ??= { value: cutShort(value), place }
  }

  merge(later: EndingZeros<Place>): void {
    this.join(later.width)
    this.count += later.count
    this.first ??= later.first
  }

  get areLost(): boolean {
    return this.width === undefined && this.count > 0
  }

  private join(width: number | null | undefined): void {
    if (width === null) return
    this.width = this.width === null || this.width === width ? width : undefined
  }
}

function increase(counts: number[], index: number, by: number): void {
  counts[index] = (counts[index] ?? 0) + by
}

/** `1.234,56`, `1'234.56`, `1,234.56`, `12,5`: numbers as people write them. Points alone are as often an address. */
const WRITTEN_NUMBER =
  /^[-+]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:['\u00a0]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d+)$/
/** `22.11.2026`, `11/22/2026` and their like, with or without a time. */
const WRITTEN_DAY = /^\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?$/

/** Whether a text reads as a value of a type and would not be given back, or not be read, as it is written. */
const isAltered = (value: string, type: InferredType): boolean =>
  value.length <= MOST_CHARS && (isAlteredNumber(value, type) || isWrittenOtherwise(value, type))

function isWrittenOtherwise(value: string, type: InferredType): boolean {
  if (type === 'double') return WRITTEN_NUMBER.test(value)
  const day = type === 'dateonly' || type === 'datetimenotz' ? WRITTEN_DAY.exec(value) : null
  return day !== null && value.includes(':') === (type === 'datetimenotz')
}

const isAlteredNumber = (value: string, type: InferredType): boolean =>
  (type === 'int' || type === 'bigint' || type === 'double') &&
  /^[-+.\d]/.test(value) &&
  fitsType(value, type)

/**
 * Infers the type of a list of values; the place of a value is its index.
 * @example inferType(['1', '', '22', null]) // { type: 'int', against: [] }
 */
export function inferType(values: Iterable<string | null | undefined>): {
  type: StorageType
  against: Against<number>[]
} {
  const inference = new TypeInference<number>()
  let index = 0
  for (const value of values) {
    if (value !== null && value !== undefined) inference.add(value, index)
    index++
  }
  return { type: inference.type, against: inference.against() }
}

const NONE: readonly InferredType[] = []
const BOOLEAN: readonly InferredType[] = ['boolean']
const DOUBLE: readonly InferredType[] = ['double']
const ONE_TYPE = new Map<InferredType, readonly InferredType[]>(INFERRED_TYPES.map((type) => [type, [type]]))
const DATES = ['dateonly', 'datetimenotz', 'date'] as const

/** Longer ones are no number, date or point, and are judged as JSON alone. */
const MOST_CHARS = 400

/** The types that give a text back as it stands, told by its first character as far as possible. */
function typesOf(text: string): readonly InferredType[] {
  const first = text.charCodeAt(0)
  if (first === 0x7b || first === 0x5b) return jsonTypesOf(text)
  if (text.length > MOST_CHARS) return first <= 0x20 ? jsonTypesOf(text) : geometryTypesOf(text)
  if (first >= 0x30 && first <= 0x39) return isDateLike(text) ? dateTypesOf(text) : numberTypesOf(text)
  if (first === 0x2d || first === 0x2e) return numberTypesOf(text)
  if (fitsType(text, 'boolean')) return BOOLEAN
  return first <= 0x20 ? jsonTypesOf(text) : geometryTypesOf(text)
}

const isDateLike = (text: string): boolean => text.charCodeAt(4) === 0x2d && text.charCodeAt(7) === 0x2d

function dateTypesOf(text: string): readonly InferredType[] {
  const type = DATES.find((date) => fitsType(text, date))
  return type === undefined ? NONE : (ONE_TYPE.get(type) ?? NONE)
}

function jsonTypesOf(text: string): readonly InferredType[] {
  if (fitsType(text, 'object')) return ONE_TYPE.get('object') ?? NONE
  return fitsType(text, 'array') ? (ONE_TYPE.get('array') ?? NONE) : NONE
}

function geometryTypesOf(text: string): readonly InferredType[] {
  if (!/^[GLMPS]/i.test(text)) return NONE
  if (fitsType(text, 'geopoint')) return ['geopoint', 'geometry']
  return fitsType(text, 'geometry') ? (ONE_TYPE.get('geometry') ?? NONE) : NONE
}

/** A double gives these many digits back for certain, or more where a program wrote the double itself. */
const DOUBLE_DIGITS = 17
const WHOLE = /^-?(?:0|[1-9]\d*)$/
const DECIMAL = /^-?(?:0|[1-9]\d*)?(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$/

/** Whole numbers of 32 and 64 bits, and numbers with a point; a leading zero or plus would be lost. */
function numberTypesOf(text: string): readonly InferredType[] {
  if (WHOLE.test(text)) {
    if (text === '-0') return NONE
    if (!fitsType(text, 'bigint')) return NONE
    if (!fitsType(text, 'int')) return Number.isSafeInteger(Number(text)) ? ['bigint', 'double'] : ['bigint']
    return ['int', 'bigint', 'double']
  }
  if (!DECIMAL.test(text) || !fitsType(text, 'double')) return NONE
  const digits = text
    .replace(/[eE].*$/, '')
    .replace(/\D/g, '')
    .replace(/^0+/, '')
  return digits.length <= DOUBLE_DIGITS ? DOUBLE : NONE
}
