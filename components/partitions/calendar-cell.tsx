import { classes } from '#components/ui/classes'
import { type CalendarCell, type HeatScale, hasHeat, heatStep } from './calendar-model'

/** The look of a cell: its step of heat and its shape. */
export function cellClass(cell: CalendarCell, scale: HeatScale, range: boolean): string {
  const heat = hasHeat(cell) && `h${heatStep(cell.bytes, scale)}`
  return classes('cell', cell.state !== 'full' && cell.state, heat, cell.outlier, range && 'range')
}
