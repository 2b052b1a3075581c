'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { CurlExample } from '#components/identity/curl-example'
import { KeyDialog } from '#components/identity/key-dialog'
import { KeysTable } from '#components/identity/keys-table'
import { Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Skeleton } from '#components/ui/skeleton'
import { projectKeysQuery } from '#lib/client/keys'

/** The keys that open one project and nothing else. */
export function ProjectKeys({ projectKey }: { projectKey: string }) {
  const { data, error, refetch } = useQuery(projectKeysQuery(projectKey))
  const [creating, setCreating] = useState(false)
  return (
    <Section
      title="API keys of this project"
      note="For scripts that work in this project alone."
      actions={
        data?.canCreate && (
          <Button small icon="plus" onClick={() => setCreating(true)}>
            Create a project key
          </Button>
        )
      }
    >
      {data ? (
        <KeysOf projectKey={projectKey} keys={data.keys} />
      ) : (
        !error && <Skeleton label="Loading keys" rows={2} />
      )}
      <ProblemNotice error={error} onRetry={refetch} />
      <KeyDialog kind="project" projectKey={projectKey} open={creating} onOpenChange={setCreating} />
    </Section>
  )
}

function KeysOf({ projectKey, keys }: { projectKey: string; keys: Parameters<typeof KeysTable>[0]['keys'] }) {
  if (keys.length === 0)
    return (
      <p className="small muted">
        There is none. A project key may do here what its permission says, on connections that are open to
        everyone or shared with its groups, and nothing in other projects.
      </p>
    )
  return (
    <div className="stack-3">
      <KeysTable rights="Permission" label="API keys of this project" keys={keys} />
      <CurlExample path={`/projects/${projectKey}/datasets/`} />
    </div>
  )
}
