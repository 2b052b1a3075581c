'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AccessGate } from '#components/access/access-gate'
import { Page, PageHeader, Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Code } from '#components/ui/code'
import { EmptyState } from '#components/ui/empty-state'
import { Skeleton } from '#components/ui/skeleton'
import { nodesQuery } from '#lib/client/nodes'
import type { NodeList, NodeWithToken } from '#lib/domain/nodes/wire'
import { NodesTable } from './nodes-table'
import { RegisterNodeDialog } from './register-node-dialog'
import { TokenDialog } from './token-dialog'

/** The nodes that send their audit events here. */
export function NodesPage() {
  const query = useQuery(nodesQuery())
  const [registering, setRegistering] = useState(false)
  const [told, setTold] = useState<NodeWithToken | null>(null)
  const register = (
    <Button variant="primary" icon="plus" onClick={() => setRegistering(true)}>
      Register a node
    </Button>
  )
  return (
    <Page>
      <PageHeader
        title="API nodes"
        description="Nodes send their audit events and queries here, each with a token of its own. The token decides node, type and path."
        actions={query.data?.canRegister && register}
      />
      <AccessGate
        query={query}
        name="the API nodes"
        loading={<Skeleton label="Loading nodes" rows={4} />}
        back={{ href: '/', label: 'Back' }}
      >
        {(list) =>
          list.nodes.length === 0 ? <NoNodes list={list} /> : <Listed list={list} onToken={setTold} />
        }
      </AccessGate>
      {registering && (
        <RegisterNodeDialog
          onClose={() => setRegistering(false)}
          onRegistered={(registered) => {
            setRegistering(false)
            setTold(registered)
          }}
        />
      )}
      {told && <TokenDialog told={told} onClose={() => setTold(null)} />}
    </Page>
  )
}

function NoNodes({ list }: { list: NodeList }) {
  return (
    <EmptyState icon="server" title="No nodes yet">
      {list.canRegister
        ? 'Register a node to get its token; with it the node posts its events, and they are delivered like our own.'
        : 'An administrator can register nodes.'}
    </EmptyState>
  )
}

function Listed({ list, onToken }: { list: NodeList; onToken: (told: NodeWithToken) => void }) {
  return (
    <div className="stack-6">
      <div className="card">
        <NodesTable nodes={list.nodes} onToken={onToken} />
      </div>
      <Section title="Send an event" note="With TOKEN the token of a node">
        <Code label="A command that sends one event" value={list.curlExample} />
      </Section>
    </div>
  )
}
