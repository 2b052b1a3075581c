'use client'

import { useMemo } from 'react'
import { CellContent } from './grid-cell'
import type { CellValue } from './grid-model'
import { JsonText } from './json-text'
import { prettyJson } from './record-text'

/** A value as long as it is; objects and arrays indented. */
export function WholeValue({ value }: { value: CellValue }) {
  const pretty = useMemo(() => (value ? prettyJson(value) : null), [value])
  if (!value) {
    return (
      <span className="grid mono">
        <CellContent value={value} />
      </span>
    )
  }
  return <pre className="json">{pretty === null ? value : <JsonText text={pretty} />}</pre>
}
