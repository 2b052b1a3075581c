import type { FormatField, ShownParams } from './format-field'

/** Settings that one text format takes over from another: how the text is packed and written. */
export const CARRIED_TEXT_PARAMS = ['charset', 'compress', 'binaryAsText', 'zipEntries'] as const

/** The fields of what all text formats share. */
export const TEXT_FIELDS = [
  { widget: 'charset', name: 'charset', label: 'Charset' },
  { widget: 'compression', name: 'compress', label: 'File compression' },
  {
    widget: 'text',
    name: 'zipEntries',
    label: 'Files in the archive',
    hint: 'Their names, `*` for anything: `*.csv`. Empty reads of each archive the kind that takes most bytes, documents aside, and tells what it leaves out.',
    isShown: ({ compress, zipEntries }: ShownParams, found) =>
      compress === 'zip' || (compress === '' && found === 'zip') || Boolean(zipEntries),
  },
  {
    widget: 'removable',
    name: 'binaryAsText',
    label: 'Read as text what looks binary',
    hint: 'Bytes that no text has are shown as they decode; NULs as they are.',
    isShown: ({ binaryAsText }: ShownParams) => binaryAsText === true,
  },
] as const satisfies FormatField[]

/** The field of `maxLineChars`. */
export const MAX_LINE_FIELD = {
  widget: 'number',
  name: 'maxLineChars',
  label: 'Maximum characters per line',
  showsLongest: true,
  hint: 'Reading fails above it; 0 means no limit.',
} as const satisfies FormatField

/** Said of the columns of texts that are taken apart. */
export const TEXT_COLUMNS =
  'Texts stay strings until you ask for other types. Values that do not fit a type are kept and counted.'
