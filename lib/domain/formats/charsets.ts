/** The encodings that are read, by their names in the WHATWG Encoding Standard; all but the first three are single bytes. */
const ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'windows-1257',
  'windows-1258',
  'windows-874',
  'iso-8859-2',
  'iso-8859-3',
  'iso-8859-4',
  'iso-8859-5',
  'iso-8859-6',
  'iso-8859-7',
  'iso-8859-8',
  'iso-8859-10',
  'iso-8859-13',
  'iso-8859-14',
  'iso-8859-15',
  'iso-8859-16',
  'koi8-r',
  'ibm866',
  'macintosh',
] as const

export type Encoding = (typeof ENCODINGS)[number]

/** What the Charset field offers; `utf8` is how the field's own vocabulary writes it. */
export const CHARSETS: readonly string[] = ['utf8', ...ENCODINGS.filter((name) => name !== 'utf-8')]

/** Labels of the Standard that are not the encoding's own name. */
const LABELS: Record<string, Encoding> = {
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16': 'utf-16le',
  utf16le: 'utf-16le',
  utf16be: 'utf-16be',
  unicode: 'utf-16le',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  latin1: 'windows-1252',
  l1: 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'iso8859-1': 'windows-1252',
  cp1252: 'windows-1252',
  cp1250: 'windows-1250',
  cp1251: 'windows-1251',
  latin2: 'iso-8859-2',
  latin5: 'windows-1254',
  'iso-8859-9': 'windows-1254',
  latin9: 'iso-8859-15',
  'iso-8859-11': 'windows-874',
  'tis-620': 'windows-874',
  koi8: 'koi8-r',
  cp866: 'ibm866',
}

/**
 * Gives the encoding that a label means, or undefined for one that is not read.
 * @example findEncoding('Latin1') // "windows-1252"
 */
export function findEncoding(label: string): Encoding | undefined {
  const name = label.trim().toLowerCase()
  return (
    ENCODINGS.find((encoding) => encoding === name) ??
    (Object.hasOwn(LABELS, name) ? LABELS[name] : undefined)
  )
}

/** Shows an encoding as the Charset field does: `"utf-8"` → `"utf8"`. */
export function charsetName(encoding: Encoding): string {
  return encoding === 'utf-8' ? 'utf8' : encoding
}
