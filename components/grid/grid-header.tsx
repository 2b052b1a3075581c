// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual, which a table cannot carry
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell with aria-activedescendant

'use client'

import type { PointerEvent } from 'react'
import { formatCount } from '#lib/domain/format'
import type { PlacedColumn } from './grid-layout'
import { splitName, type Validity } from './grid-model'

interface HeaderCellProps {
  id: string
  column: PlacedColumn
  /** From 0, among those shown. */
  index: number
  current: boolean
  widthPx: number
  leftGapPx: number
  onPoint: () => void
  /** While dragging, and once at the end with `done`. */
  onResize: (widthPx: number, done: boolean) => void
}

/** Name, type and validity of one column, and the handle for its width. */
export function HeaderCell(props: HeaderCellProps) {
  const { id, column, index, current, widthPx, leftGapPx, onPoint, onResize } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys
    <div
      role="columnheader"
      id={id}
      aria-colindex={index + 2}
      className={`th${index === 0 ? ' pin' : ''}${current ? ' cur' : ''}`}
      style={{ width: widthPx, marginInlineStart: leftGapPx || undefined }}
      onClick={onPoint}
    >
      <ColumnName name={column.name} />
      <small>
        <span>{column.type}</span>
        {column.validity && <Worst validity={column.validity} />}
      </small>
      {column.validity && <ValidityBar validity={column.validity} />}
      <ResizeHandle widthPx={widthPx} onResize={onResize} />
    </div>
  )
}

/** Long names often differ at their ends: the middle gives way. */
function ColumnName({ name }: { name: string }) {
  const parts = splitName(name)
  if (!parts) return <b title={name}>{name}</b>
  return (
    <b title={name} className="cut">
      <span className="sr">{name}</span>
      <span aria-hidden="true">{parts.head}</span>
      <span aria-hidden="true">{parts.tail}</span>
    </b>
  )
}

function Worst({ validity }: { validity: Validity }) {
  if (validity.invalid > 0) return <span>{formatCount(validity.invalid)} invalid</span>
  return validity.empty > 0 ? <span>{formatCount(validity.empty)} empty</span> : null
}

/** Valid, empty and invalid values as one bar; the least of them stays visible. */
export function ValidityBar({ validity }: { validity: Validity }) {
  const { valid, empty, invalid } = validity
  const least = (valid + empty + invalid) / 100
  const said = `${formatCount(valid)} valid · ${formatCount(empty)} empty · ${formatCount(invalid)} invalid`
  return (
    <span className="validity" title={said}>
      {valid > 0 && <i style={{ flex: Math.max(valid, least) }} />}
      {empty > 0 && <i className="e" style={{ flex: Math.max(empty, least) }} />}
      {invalid > 0 && <i className="x" style={{ flex: Math.max(invalid, least) }} />}
      <span className="sr">{said}</span>
    </span>
  )
}

function ResizeHandle({ widthPx, onResize }: Pick<HeaderCellProps, 'widthPx' | 'onResize'>) {
  const follow = (start: PointerEvent<HTMLSpanElement>) => {
    const handle: HTMLSpanElement = start.currentTarget
    const stop = new AbortController()
    const width = (event: globalThis.PointerEvent) => widthPx + event.clientX - start.clientX
    const end = (event: globalThis.PointerEvent) => {
      stop.abort()
      onResize(width(event), true)
    }
    start.preventDefault()
    handle.setPointerCapture(start.pointerId)
    handle.addEventListener('pointermove', (event) => onResize(width(event), false), { signal: stop.signal })
    handle.addEventListener('pointerup', end, { signal: stop.signal })
    handle.addEventListener('pointercancel', () => stop.abort(), { signal: stop.signal })
  }
  return (
    <span className="resize" aria-hidden="true" onPointerDown={follow} onClick={(e) => e.stopPropagation()} />
  )
}
