'use client'

import { useMemo } from 'react'
import { Anatomy, type AnatomyGroup } from '#components/ui/anatomy'
import { Button } from '#components/ui/button'
import { Select } from '#components/ui/select'
import { keepPathOrder } from '#lib/domain/keep-path-order'
import { describeAnatomy } from '#lib/domain/partitioning/anatomy'
import { listPartChoices, type PartitioningChange } from '#lib/domain/partitioning/part-choices'
import { compileMatcher } from '#lib/domain/partitioning/pattern/matcher'
import { type PatternReading, readPathPattern } from '#lib/domain/partitioning/pattern/path-pattern'
import type { WizardTabProps } from './tab-props'

interface PathExampleProps {
  reading: PatternReading
  examples: readonly string[]
  /** The path that one chose; one of the first otherwise. */
  wanted: string | null
  onWant: (path: string) => void
  dimensions: WizardTabProps['state']['definition']['partitioning']['dimensions']
  /** Null where nothing can be changed. */
  onChange: ((change: PartitioningChange) => void) | null
}

const MOST_OFFERED = 20
/** What an example is taken apart by as long as there is no pattern: all of it is free. */
const ANYTHING = readPathPattern('/.*', [])

/** An example path taken apart by the pattern; its parts can be made dimensions, or turned back. */
export function PathExample(props: PathExampleProps) {
  const { examples, wanted, onWant, dimensions, onChange } = props
  const isEmpty = props.reading.text === ''
  const reading = isEmpty ? ANYTHING : props.reading
  const offered = useMemo(
    () => [...new Set([...(wanted === null ? [] : [wanted]), ...examples.slice(0, MOST_OFFERED)])],
    [wanted, examples],
  )
  const ordered = useMemo(() => inOrder(offered, examples), [offered, examples])
  // One that matches shows what the pattern does; how others fail is told beside them.
  const path = useMemo(() => wanted ?? firstMatching(reading, ordered), [wanted, reading, ordered])
  const groups = useMemo(
    () => (path === undefined ? null : drawGroups({ reading, path, dimensions, isEmpty, onChange })),
    [reading, path, dimensions, isEmpty, onChange],
  )
  if (groups === null || path === undefined) return null
  const at = ordered.indexOf(path)
  const step = (by: number, label: string, icon: 'left' | 'right') => {
    const next = ordered[at + by]
    return (
      <Button
        small
        square
        variant="ghost"
        icon={icon}
        aria-label={label}
        disabledReason={next === undefined ? 'There is no other one.' : null}
        onClick={() => next !== undefined && onWant(next)}
      />
    )
  }
  return (
    <div>
      <Anatomy groups={groups} />
      {ordered.length > 1 && (
        <div className="row mt-1 min-w-0">
          {step(-1, 'Previous example', 'left')}
          {step(1, 'Next example', 'right')}
          <Select
            mono
            aria-label="Example path"
            className="min-w-0 max-w-full"
            value={path}
            choices={ordered.map((value) => ({ value, label: keepPathOrder(value) }))}
            onValueChange={onWant}
          />
        </div>
      )}
    </div>
  )
}

function firstMatching({ pattern }: PatternReading, paths: readonly string[]): string | undefined {
  if (!pattern) return paths[0]
  const matcher = compileMatcher(pattern)
  return paths.find((path) => matcher.match(path).ok) ?? paths[0]
}

/** As listed; a path of elsewhere comes first. */
const inOrder = (offered: readonly string[], examples: readonly string[]): string[] => {
  const place = new Map(examples.map((path, index) => [path, index]))
  return offered.toSorted((a, b) => (place.get(a) ?? -1) - (place.get(b) ?? -1))
}

interface Drawn extends Pick<PathExampleProps, 'reading' | 'dimensions' | 'onChange'> {
  path: string
  isEmpty: boolean
}

function drawGroups({ reading, path, dimensions, isEmpty, onChange }: Drawn): AnatomyGroup[] {
  const anatomy = describeAnatomy(reading, path, dimensions)
  return anatomy.groups
    .filter(({ kind }) => kind !== 'separator')
    .map((group): AnatomyGroup => {
      const rest = group.kind !== 'value' && group.kind !== 'time'
      return {
        id: String(group.start),
        tag: isEmpty ? 'choose a part to make it a dimension' : group.label,
        rest,
        slash: group.start > 0 && (path[group.start - 1] === '/' || path[group.start] === '/'),
        ...(group.kind === 'value' ? { icon: 'fork' } : {}),
        ...(group.kind === 'time' ? { icon: 'calendar' } : {}),
        segments: group.segments.map(({ parts }) =>
          parts.map((part) => {
            const choices =
              onChange && !part.isJoint ? listPartChoices({ reading, anatomy, dimensions }, part.start) : []
            if (choices.length === 0 || onChange === null) return { text: part.text }
            const entries = choices.map(({ label, change }) => ({ label, onSelect: () => onChange(change) }))
            return { text: part.text, entries }
          }),
        ),
      }
    })
}
