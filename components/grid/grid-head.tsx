// biome-ignore-all lint/a11y/useSemanticElements: rows and columns are virtual, which a table cannot carry
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell with aria-activedescendant

'use client'

import { HeaderCell } from './grid-header'
import type { PlacedColumn } from './grid-layout'
import type { CellPlace } from './grid-model'
import { cellId } from './grid-row'
import type { GridWindow } from './use-grid-window'

interface GridHeadProps {
  gridId: string
  columns: readonly PlacedColumn[]
  sight: GridWindow
  current: CellPlace
  /** A click on a header; the column's place among those shown. */
  onChoose: (column: number) => void
}

/** The names of the columns in sight; the first one stays. */
export function GridHead({ gridId, columns, sight, current, onChoose }: GridHeadProps) {
  const { across, widthOf, pinnedPx, resize } = sight
  const headerCell = (index: number, leftGapPx: number) => {
    const column = columns[index]
    return (
      column && (
        <HeaderCell
          key={column.id}
          id={cellId(gridId, -1, index)}
          column={column}
          index={index}
          current={current.row === -1 && current.column === index}
          widthPx={widthOf(index)}
          leftGapPx={leftGapPx}
          onPoint={() => onChoose(index)}
          onResize={(widthPx, done) => resize(column.id, widthPx, done)}
        />
      )
    )
  }
  return (
    <div role="row" className="tr head" aria-rowindex={1}>
      <div role="columnheader" aria-colindex={1} className="th rn">
        <span className="sr">Row</span>
      </div>
      {headerCell(0, 0)}
      {across
        .getVirtualItems()
        .map((item, place) => headerCell(item.index + 1, place === 0 ? item.start - pinnedPx : 0))}
    </div>
  )
}
