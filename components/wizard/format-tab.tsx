'use client'

import { FormRow } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Select } from '#components/ui/select'
import { formatBytes, formatCount, formatQuantity } from '#lib/domain/format'
import { CHARSETS } from '#lib/domain/formats/charsets'
import type { Preview } from '#lib/domain/formats/wire'
import { type Evidence, gatherEvidence } from './evidence'
import { mistakeAt, type WizardTabProps } from './tab-props'

const TYPES = [{ value: 'line', label: 'One record per line' }]

/** How the files are read, with what was detected; whatever is chosen here wins over it. */
export function FormatTab(props: WizardTabProps) {
  const { state, dispatch, source, readOnly } = props
  const { formatType, formatParams } = state.definition
  const preview = source.preview.shown
  const evidence = preview && gatherEvidence(preview)
  const disabled = Boolean(readOnly)
  const set = (params: Record<string, unknown>) => dispatch({ step: 'set-format-params', params })
  const charset = textOf(formatParams.charset)
  const maximum = formatParams.maxLineChars
  return (
    <div className="stack">
      <div className="form">
        <FormRow label="Type" error={mistakeAt(props, 'format', 'Type')}>
          <Select
            value={formatType}
            choices={TYPES}
            disabled={disabled}
            onValueChange={(type) => dispatch({ step: 'set-format-type', type })}
          />
        </FormRow>
        <FormRow
          label="Charset"
          error={mistakeAt(props, 'format', 'Charset')}
          hint={preview && sayCharset(preview, charset)}
        >
          <Select
            mono
            value={charset}
            choices={[...new Set([...CHARSETS, charset])].map((name) => ({ value: name, label: name }))}
            disabled={disabled}
            onValueChange={(next) => set({ charset: next })}
          />
        </FormRow>
        <FormRow
          label="File compression"
          error={mistakeAt(props, 'format', 'File compression')}
          hint={preview && sayCompression(preview, textOf(formatParams.compress))}
        >
          <Select
            value={textOf(formatParams.compress)}
            choices={[
              {
                value: '',
                label: preview ? `Detected: ${preview.compression}` : 'Detected from the content',
              },
              { value: 'gzip', label: 'gzip' },
              { value: 'none', label: 'none' },
            ]}
            disabled={disabled}
            onValueChange={(compress) => set({ compress })}
          />
        </FormRow>
        <FormRow
          label="Maximum characters per line"
          error={mistakeAt(props, 'format', 'Maximum characters per line')}
          hint={`${evidence ? `Longest seen ${formatCount(evidence.longestChars)}. ` : ''}Reading fails above it; 0 means no limit.`}
        >
          <Input
            mono
            width="m"
            inputMode="numeric"
            value={typeof maximum === 'number' && Number.isNaN(maximum) ? '' : String(maximum ?? '')}
            readOnly={disabled}
            onChange={({ target }) => set({ maxLineChars: readLimit(target.value) })}
          />
        </FormRow>
      </div>
      {preview && evidence && <LooksLike preview={preview} evidence={evidence} />}
    </div>
  )
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** A whole number as one; anything else stays as typed, and is told to be wrong. */
function readLimit(text: string): number | string {
  const digits = text.replace(/[\s,]/g, '')
  return /^\d+$/.test(digits) ? Number(digits) : text
}

function sayCharset({ replacedBytes, charset }: Preview, chosen: string): string {
  if (replacedBytes > 0)
    return `${formatQuantity(replacedBytes, 'place')} of the preview did not decode and shows as U+FFFD: try another charset.`
  if (charset !== chosen && charset !== '')
    return `The file says ${charset} itself, by its first bytes. All bytes of the preview decode.`
  return 'All bytes of the preview decode.'
}

function sayCompression({ compression, usedPath }: Preview, chosen: string): string {
  const name = usedPath.slice(usedPath.lastIndexOf('/') + 1)
  if (chosen !== '') return `You chose ${chosen}; nothing is detected.`
  return compression === 'gzip'
    ? `The first bytes of ${name} are gzip’s.`
    : `The first bytes of ${name} are of no compression that is known here.`
}

function LooksLike({ preview, evidence }: { preview: Preview; evidence: Evidence }) {
  const { records, fits, sharedKeys } = evidence
  return (
    <section className="stack mt-3 gap-2.5" aria-label="What it looks like">
      <div className="section-head m-0!">
        <h2 className="text-[14px]! leading-5!">What it looks like</h2>
        <p>
          from {formatQuantity(records, 'record')} of 1 file, {formatBytes(preview.sizeBytes)}
        </p>
      </div>
      <div className="evidence">
        {fits.map(({ label, fitting }, index) => {
          const percent = Math.floor((fitting / records) * 100)
          return (
            <div className="scale" key={label}>
              <span>{label}</span>
              <span className="track" role="img" aria-label={`${percent} percent`}>
                <i className={index > 0 ? 'second' : undefined} style={{ width: `${percent}%` }} />
              </span>
              <span className="num">{percent} %</span>
            </div>
          )
        })}
        <p className="muted mt-1">
          {sharedKeys.length > 0 ? (
            <>
              Every line parses as an object with <Names names={sharedKeys} />. One record per line keeps the
              object whole in one column.
            </>
          ) : (
            'One record per line keeps each line whole in one column.'
          )}
        </p>
      </div>
    </section>
  )
}

const MOST_NAMES = 4

function Names({ names }: { names: readonly string[] }) {
  const shown = names.slice(0, MOST_NAMES)
  const more = names.length - shown.length
  return (
    <>
      {shown.map((name, index) => (
        <span key={name}>
          {index > 0 && (index === shown.length - 1 && more === 0 ? ' and ' : ', ')}
          <code>{name}</code>
        </span>
      ))}
      {more > 0 && ` and ${more} more`}
    </>
  )
}
