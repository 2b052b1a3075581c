'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button'
import { ConfirmDialog } from '#components/ui/confirm-dialog'
import { Menu, type MenuEntry } from '#components/ui/menu'
import { Status } from '#components/ui/status'
import { type Column, NameCell, Table } from '#components/ui/table'
import { Time } from '#components/ui/time'
import { showSuccess } from '#components/ui/toast'
import { useRevokeNode, useRotateNodeToken } from '#lib/client/nodes'
import { sayActor } from '#lib/domain/audit/say-actor'
import { formatQuantity } from '#lib/domain/format'
import type { Node, NodeWithToken } from '#lib/domain/nodes/wire'

type Asked = { what: 'rotate' | 'revoke'; node: Node }

interface NodesTableProps {
  nodes: readonly Node[]
  onToken: (told: NodeWithToken) => void
}

export function NodesTable({ nodes, onToken }: NodesTableProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  return (
    <>
      <Table two label="Nodes" columns={columnsFor(setAsked)} rows={nodes} rowKey={(node) => node.id} />
      {asked?.what === 'rotate' && (
        <RotateDialog node={asked.node} onClose={() => setAsked(null)} onToken={onToken} />
      )}
      {asked?.what === 'revoke' && <RevokeDialog node={asked.node} onClose={() => setAsked(null)} />}
    </>
  )
}

const columnsFor = (ask: (asked: Asked) => void): Column<Node>[] => [
  {
    id: 'name',
    header: 'Name',
    card: 'head',
    cell: (node) => (
      <NameCell second={node.token && <span className="mono">{node.token.prefix}…</span>}>
        <span className="mono">{node.name}</span>
      </NameCell>
    ),
  },
  { id: 'type', header: 'Type', look: 'mono', cell: (node) => node.type },
  { id: 'state', header: 'State', cell: (node) => <State node={node} /> },
  {
    id: 'last',
    header: 'Last event',
    cell: (node) =>
      node.lastEventAt ? (
        <NameCell second={node.lastAddress}>
          <Time at={node.lastEventAt} />
        </NameCell>
      ) : (
        <span className="muted">none yet</span>
      ),
  },
  {
    id: 'registered',
    header: 'Registered',
    cell: (node) => (
      <NameCell second={`by ${sayActor(node.createdBy)}`}>
        <Time at={node.createdAt} />
      </NameCell>
    ),
  },
  {
    id: 'actions',
    header: 'Actions',
    headerHidden: true,
    card: 'action',
    width: 56,
    cell: (node) => {
      const entries = actionsOf(node, ask)
      if (entries.length === 0) return null
      return (
        <Menu
          trigger={
            <Button variant="ghost" small square icon="dots" aria-label={`Actions for ${node.name}`} />
          }
          entries={entries}
        />
      )
    },
  },
]

function State({ node }: { node: Node }) {
  if (node.state === 'revoked') return <Status kind="off">Revoked</Status>
  if (node.conflicts > 0) {
    return (
      <Status kind="warn">{formatQuantity(node.conflicts, 'event')} came twice with other content</Status>
    )
  }
  return <Status kind="ok">Active</Status>
}

function actionsOf(node: Node, ask: (asked: Asked) => void): MenuEntry[] {
  const entries: MenuEntry[] = []
  if (node.canRotate) entries.push({ label: 'Rotate token', onSelect: () => ask({ what: 'rotate', node }) })
  if (node.canRevoke)
    entries.push({ label: 'Revoke', danger: true, onSelect: () => ask({ what: 'revoke', node }) })
  return entries
}

interface RotateDialogProps {
  node: Node
  onClose: () => void
  onToken: (told: NodeWithToken) => void
}

function RotateDialog({ node, onClose, onToken }: RotateDialogProps) {
  const rotate = useRotateNodeToken()
  const done = (told: NodeWithToken) => {
    onClose()
    onToken(told)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Rotate the token of ${node.name}?`}
      confirmLabel="Rotate token"
      tone="primary"
      busy={rotate.isPending}
      error={rotate.error?.message}
      onConfirm={() => rotate.mutate(node.id, { onSuccess: done })}
    >
      The present token ends at once. Events that the node sends with it are refused until it has the new one.
    </ConfirmDialog>
  )
}

function RevokeDialog({ node, onClose }: { node: Node; onClose: () => void }) {
  const revoke = useRevokeNode()
  const done = () => {
    onClose()
    showSuccess(`${node.name} was revoked.`)
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Revoke ${node.name}?`}
      typeName={node.name}
      confirmLabel="Revoke"
      busy={revoke.isPending}
      error={revoke.error?.message}
      onConfirm={() => revoke.mutate(node.id, { onSuccess: done })}
    >
      Its token ends at once and it cannot send events any more. What it sent is kept and delivered.
    </ConfirmDialog>
  )
}
