/**
 * The encodings that are read, by their names in the WHATWG Encoding Standard in lower case, each with its other labels
 * there; in the order in which they are offered.
 */
const LABELS = {
  'utf-8': 'utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8',
  'utf-16le': 'utf-16 unicode csunicode iso-10646-ucs-2 ucs-2 unicodefeff',
  'utf-16be': 'unicodefffe',
  'windows-1252':
    'ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 ' +
    'iso_8859-1:1987 l1 latin1 us-ascii x-cp1252',
  'iso-8859-15': 'csisolatin9 iso8859-15 iso885915 iso_8859-15 l9',
  'windows-1250': 'cp1250 x-cp1250',
  'windows-1251': 'cp1251 x-cp1251',
  'windows-1253': 'cp1253 x-cp1253',
  'windows-1254':
    'cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 x-cp1254',
  'windows-1255': 'cp1255 x-cp1255',
  'windows-1256': 'cp1256 x-cp1256',
  'windows-1257': 'cp1257 x-cp1257',
  'windows-1258': 'cp1258 x-cp1258',
  'windows-874': 'dos-874 iso-8859-11 iso8859-11 iso885911 tis-620',
  'iso-8859-2': 'csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2',
  'iso-8859-3': 'csisolatin3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3',
  'iso-8859-4': 'csisolatin4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4',
  'iso-8859-5': 'csisolatincyrillic cyrillic iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988',
  'iso-8859-6':
    'arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6-e iso-8859-6-i iso-ir-127 ' +
    'iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987',
  'iso-8859-7':
    'csisolatingreek ecma-118 elot_928 greek greek8 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 ' +
    'sun_eu_greek',
  'iso-8859-8':
    'csiso88598e csisolatinhebrew hebrew iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 ' +
    'iso_8859-8:1988 visual',
  'iso-8859-8-i': 'csiso88598i logical',
  'iso-8859-10': 'csisolatin6 iso-ir-157 iso8859-10 iso885910 l6 latin6',
  'iso-8859-13': 'iso8859-13 iso885913',
  'iso-8859-14': 'iso8859-14 iso885914',
  'iso-8859-16': '',
  'koi8-r': 'cskoi8r koi koi8 koi8_r',
  'koi8-u': 'koi8-ru',
  ibm866: '866 cp866 csibm866',
  macintosh: 'csmacintosh mac x-mac-roman',
  'x-mac-cyrillic': 'x-mac-ukrainian',
  gb18030: '',
  gbk: 'chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 iso-ir-58 x-gbk',
  big5: 'big5-hkscs cn-big5 csbig5 x-x-big5',
  shift_jis: 'csshiftjis ms932 ms_kanji shift-jis sjis windows-31j x-sjis',
  'euc-jp': 'cseucpkdfmtjapanese x-euc-jp',
  'iso-2022-jp': 'csiso2022jp',
  'euc-kr':
    'cseuckr csksc56011987 iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949',
  'x-user-defined': '',
} as const

export type Encoding = keyof typeof LABELS

const ENCODINGS = Object.keys(LABELS) as Encoding[]

/** What other programs write that the Standard does not know. */
const FOREIGN: [label: string, encoding: Encoding][] = [
  ['utf16le', 'utf-16le'],
  ['utf16be', 'utf-16be'],
]

/** All labels of the Standard that are read, each with its encoding: `["latin1", "windows-1252"]`. */
export function charsetLabels(): [label: string, encoding: Encoding][] {
  return ENCODINGS.flatMap((encoding) =>
    `${encoding} ${LABELS[encoding]}`
      .trim()
      .split(' ')
      .map((label): [string, Encoding] => [label, encoding]),
  )
}

const BY_LABEL = new Map([...FOREIGN, ...charsetLabels()])

/** Labels that the Standard knows in order to refuse them: text in these can hide what it says. */
const REFUSED = new Set(
  'csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement'.split(' '),
)

/** What the Charset field offers; `utf8` is how the field's own vocabulary writes it. */
export const CHARSETS: readonly string[] = ENCODINGS.map(charsetName)

/**
 * Gives the encoding that a label means, or undefined for one that is not read.
 * @example findEncoding('Latin1') // "windows-1252"
 */
export function findEncoding(label: string): Encoding | undefined {
  return BY_LABEL.get(normalise(label))
}

/**
 * Says in one sentence why a label is not read, or gives undefined for one that is.
 * @example refuseCharset('hz-gb-2312') // "The charset "hz-gb-2312" is not read, since …"
 */
export function refuseCharset(label: string): string | undefined {
  const name = normalise(label)
  if (BY_LABEL.has(name)) return undefined
  return REFUSED.has(name)
    ? `The charset "${name}" is not read, since text written in it can hide what it says: convert the files to UTF-8.`
    : 'This charset is not known.'
}

/** Shows an encoding as the Charset field does: `"utf-8"` → `"utf8"`. */
export function charsetName(encoding: Encoding): string {
  return encoding === 'utf-8' ? 'utf8' : encoding
}

/** Only what is ASCII is folded, as in the Standard: the Kelvin sign is no k. */
function normalise(label: string): string {
  return label.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '').replace(/[A-Z]/g, (letter) => letter.toLowerCase())
}
