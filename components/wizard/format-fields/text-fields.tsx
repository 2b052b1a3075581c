'use client'

import { FormGroup, FormRow } from '#components/ui/field'
import { Checkbox } from '#components/ui/option'
import { Select } from '#components/ui/select'
import { CHARSETS, findEncoding } from '#lib/domain/formats/charsets'
import type { Detection } from '#lib/domain/formats/detection'
import { COMPRESSIONS } from '#lib/domain/formats/text-params'
import { sayCharset, sayCompression } from './evidence'
import { type FormatFieldsProps, textOf } from './format-fields-props'

/** Charset and File compression, each with what the files say of it. */
export function TextFields({ detection, ...props }: FormatFieldsProps & { detection: Detection | null }) {
  const { params, set, mistakeOf, readOnly, source } = props
  const preview = source.preview.shown
  const charset = textOf(params.charset)
  const compress = textOf(params.compress)
  const found = detection?.compression.name ?? preview?.compression
  const known = CHARSETS.find((name) => findEncoding(name) === findEncoding(charset)) ?? charset
  return (
    <>
      <FormRow label="Charset" error={mistakeOf('Charset')} hint={sayCharset(charset, preview, detection)}>
        <Select
          mono
          value={known}
          choices={[...new Set([...CHARSETS, known])].map((name) => ({ value: name, label: name }))}
          disabled={readOnly}
          onValueChange={(next) => set({ charset: next })}
        />
      </FormRow>
      <FormRow
        label="File compression"
        error={mistakeOf('File compression')}
        hint={sayCompression(compress, preview, detection)}
      >
        <Select
          value={compress}
          choices={[
            { value: '', label: found ? `Detected: ${found}` : 'Detected from the content' },
            ...COMPRESSIONS.map((name) => ({ value: name, label: name })),
          ]}
          disabled={readOnly}
          onValueChange={(next) => set({ compress: next })}
        />
      </FormRow>
      {params.binaryAsText === true && (
        <FormGroup>
          <Checkbox
            label="Read as text what looks binary"
            hint="Bytes that no text has are shown as they decode; NULs as they are."
            checked
            disabled={readOnly}
            onCheckedChange={() => set({ binaryAsText: undefined })}
          />
        </FormGroup>
      )}
    </>
  )
}
