import type { Compression } from './text-params'

/** Settings as a form shows them: as far as they are set, mistakes included. */
export type ShownParams = Readonly<Record<string, unknown>>

/** One of several values of a setting. */
export interface FieldChoice {
  value: string
  label: string
  /** Said beneath the field while it is chosen. */
  hint?: string
}

interface Named {
  /** The setting's name: `"maxLineChars"`. */
  name: string
  label: string
  /** Said beneath the field; what stands between backticks is code. */
  hint?: string | ((params: ShownParams) => string)
  /** Left out where it says no; `found` is how the files are packed, once that is known. */
  isShown?(params: ShownParams, found?: Compression): boolean
}

/**
 * One field of a format's form, as data: what it sets, how it is called, and the widget that shows it. `number` is a whole
 * number, `character` one character with escapes for what cannot be seen, `separator` one of the usual characters or another,
 * `preset` fills a text setting with a known value, `removable` shows a setting only while it stands and takes it away.
 */
export type FormatField =
  | (Named & { widget: 'charset' | 'compression' | 'character' })
  | (Named & { widget: 'number'; isNarrow?: true; showsLongest?: true })
  | (Named & { widget: 'text'; rows?: number })
  | (Named & { widget: 'check'; group?: string; alsoOnSchema?: true })
  | (Named & { widget: 'removable'; group?: string })
  | (Named & { widget: 'choice'; choices: readonly FieldChoice[] })
  | (Named & { widget: 'separator'; choices: readonly FieldChoice[]; other: { label: string; hint: string } })
  | (Named & { widget: 'preset'; choices: readonly FieldChoice[]; own: string })
  | { widget: 'note'; text: string }
