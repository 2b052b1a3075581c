'use client'

import { GrantExpiry } from '#components/connections/grant-expiry'
import { Button } from '#components/ui/button'
import { classes } from '#components/ui/classes'
import { Icon } from '#components/ui/icon'
import { Select } from '#components/ui/select'
import { formatQuantity } from '#lib/domain/format'
import type { ProjectLevel } from '#lib/domain/projects/policy'
import type { MemberLine } from './use-members-draft'

const LEVELS: { value: ProjectLevel; label: string }[] = [
  { value: 'read', label: 'Read' },
  { value: 'write', label: 'Write' },
  { value: 'admin', label: 'Admin' },
]

/** A permission and an end beside the name; below it on small screens. */
const COLUMNS =
  'grid-cols-[24px_minmax(0,1fr)_auto_32px]! max-md:grid-cols-[24px_minmax(0,1fr)_auto]! max-md:py-2!'

interface MemberRowProps {
  line: MemberLine
  /** It is not saved as it stands. */
  changed: boolean
  disabled: boolean
  onEdit: (change: Partial<Pick<MemberLine, 'level' | 'until'>>) => void
  onTakeOff: () => void
}

/** A group or a person of a project: what it may do, and until when. */
export function MemberRow({ line, changed, disabled, onEdit, onTakeOff }: MemberRowProps) {
  const { principal, name, people, level, until } = line
  const second = [principal === 'user' ? 'person' : formatQuantity(people, 'person', 'people')]
  if (changed) second.push('not saved')
  return (
    <li className={classes(COLUMNS, changed && 'added')}>
      <Icon name={principal === 'group' ? 'users' : 'user'} label={principal} />
      <span className="who">
        <b className={principal === 'group' ? 'mono' : undefined}>{name}</b>
        <span>{second.join(' · ')}</span>
      </span>
      <span className="row max-md:order-last max-md:col-start-2">
        {disabled ? (
          <span className="small">{LEVELS.find((one) => one.value === level)?.label}</span>
        ) : (
          <Select
            className="w-24"
            aria-label={`Permission of ${name}`}
            value={level}
            onValueChange={(next) => onEdit({ level: next })}
            choices={LEVELS}
          />
        )}
        <GrantExpiry
          name={name}
          until={until}
          disabled={disabled}
          onUntilChange={(next) => onEdit({ until: next })}
        />
      </span>
      {!disabled && (
        <Button variant="ghost" small square icon="x" aria-label={`Take ${name} off`} onClick={onTakeOff} />
      )}
    </li>
  )
}
