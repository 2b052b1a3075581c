'use client'

import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { Menu } from '#components/ui/menu'
import { Popover } from '#components/ui/popover'
import { Select } from '#components/ui/select'
import type { Sample } from '#lib/domain/datasets/sample-wire'
import type { SampleView } from './sample-view'

interface ViewMenuProps {
  columns: Sample['columns']
  view: SampleView
  onViewChange: (view: SampleView) => void
}

const EVERYWHERE = ''

/** Shows the rows of the sample that hold a text. */
export function FilterMenu({ columns, view, onViewChange }: ViewMenuProps) {
  const { contains, within } = view
  return (
    <Popover
      title="Filter this sample"
      align="end"
      trigger={
        <Button variant="ghost" small icon="filter">
          {contains === '' ? 'Filter' : `Filter: ${contains}`}
        </Button>
      }
    >
      <div className="form w-72 max-w-full">
        <Field label="Contains" hint="In the rows of this sample only; nothing more is read.">
          <Input
            mono
            value={contains}
            onChange={(event) => onViewChange({ ...view, contains: event.target.value })}
          />
        </Field>
        {columns.length > 1 && (
          <Field label="In column">
            <Select
              mono
              value={within ?? EVERYWHERE}
              onValueChange={(value) =>
                onViewChange({ ...view, within: value === EVERYWHERE ? null : value })
              }
              choices={[
                { value: EVERYWHERE, label: 'any column' },
                ...columns.map(({ name }) => ({ value: name, label: name })),
              ]}
            />
          </Field>
        )}
        {contains !== '' && (
          <div className="row">
            <Button small onClick={() => onViewChange({ ...view, contains: '', within: null })}>
              Clear the filter
            </Button>
          </div>
        )}
      </div>
    </Popover>
  )
}

const AS_THEY_COME = 'as they come'

/** Sorts the rows of the sample by a column. */
export function SortMenu({ columns, view, onViewChange }: ViewMenuProps) {
  const { sort } = view
  const column = sort?.column ?? AS_THEY_COME
  const setColumn = (name: string) =>
    onViewChange({
      ...view,
      sort: name === AS_THEY_COME ? null : { column: name, direction: sort?.direction ?? 'ascending' },
    })
  return (
    <Menu
      trigger={
        <Button variant="ghost" small icon={sort?.direction === 'descending' ? 'move-down' : 'move-up'}>
          {sort ? `Sorted by ${sort.column}` : 'Sort'}
        </Button>
      }
      entries={[
        {
          kind: 'choice',
          label: 'Sort the rows of this sample',
          value: column,
          onValueChange: setColumn,
          choices: [
            { value: AS_THEY_COME, label: 'As they come' },
            ...columns.map(({ name }) => ({ value: name, label: name })),
          ],
        },
        ...(sort
          ? ([
              { kind: 'line' },
              {
                kind: 'choice',
                label: 'Order',
                value: sort.direction,
                onValueChange: (direction: string) =>
                  onViewChange({
                    ...view,
                    sort: {
                      column: sort.column,
                      direction: direction === 'descending' ? 'descending' : 'ascending',
                    },
                  }),
                choices: [
                  { value: 'ascending', label: 'Ascending' },
                  { value: 'descending', label: 'Descending' },
                ],
              },
            ] as const)
          : []),
      ]}
    />
  )
}
