'use client'

import { useQuery } from '@tanstack/react-query'
import { Button } from '#components/ui/button'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { useNowMs } from '#components/ui/time'
import { useZone } from '#components/ui/zone'
import { draftsQuery } from '#lib/client/drafts'
import { formatRelativeTime } from '#lib/domain/format'
import { useDiscardWithUndo } from './use-discard-draft'

const TITLE = 'New Amazon S3 dataset'

/** `+ Dataset`: the sources that one can begin with, and what one has begun already. */
export function AddDatasetMenu({ projectKey }: { projectKey: string }) {
  const { data } = useQuery(draftsQuery(projectKey))
  const discard = useDiscardWithUndo(projectKey)
  const nowMs = useNowMs()
  const { zone } = useZone()
  const address = `/projects/${projectKey}/datasets/new`
  const drafts = data?.drafts ?? []
  const unfinished = drafts.flatMap(({ id, name, updatedAt }): MenuEntry[] => {
    const age = formatRelativeTime(new Date(updatedAt), new Date(nowMs ?? Date.now()), zone)
    const second = name ? `${name} · ${age}` : age
    return [
      { kind: 'link', icon: 'undo', label: `Continue: ${TITLE}`, second, href: `${address}?draft=${id}` },
      { label: 'Discard', second, icon: 'trash', danger: true, onSelect: () => discard(id) },
    ]
  })
  const entries: MenuEntry[] = [
    ...(unfinished.length > 0
      ? [{ kind: 'caption' as const, label: 'Unfinished' }, ...unfinished, { kind: 'line' as const }]
      : []),
    {
      kind: 'group',
      icon: 'bucket',
      label: 'Cloud storages & Social',
      entries: [{ kind: 'link', label: 'Amazon S3', href: address }],
    },
  ]
  return <Menu trigger={<Button variant="primary">+ Dataset</Button>} entries={entries} />
}
