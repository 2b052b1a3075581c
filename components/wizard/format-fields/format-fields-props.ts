import type { Detection } from '#lib/domain/formats/detection'
import type { WizardTabProps } from '../tab-props'

/** What the fields of a format work on. */
export interface FormatFieldsProps {
  /** The settings as they stand, mistakes included. */
  params: Record<string, unknown>
  set: (params: Record<string, unknown>) => void
  /** The first mistake of the field with this label. */
  mistakeOf: (label: string) => string | undefined
  source: WizardTabProps['source']
  /** What the files look like, once that is known. */
  detection: Detection | null
  /** Whether that is on its way. */
  isLooking: boolean
  readOnly: boolean
}

/** A text setting, or `''` for what is none. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
