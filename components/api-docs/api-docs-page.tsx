'use client'

import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { ProblemNotice } from '#components/access/problem-notice'
import { Page, PageHeader } from '#components/layout/page'
import { ButtonLink } from '#components/ui/button'
import { NoMatches } from '#components/ui/empty-state'
import { SearchField } from '#components/ui/search-field'
import { Skeleton } from '#components/ui/skeleton'
import { openApiQuery } from '#lib/client/openapi'
import { formatQuantity } from '#lib/domain/format'
import { groupOperations, type OpenApiDocument, searchOperations } from '#lib/domain/openapi/document'
import { OperationCard } from './operation-card'

/** What the API is, out of the application's own description of it. */
export function ApiDocsPage() {
  const query = useQuery(openApiQuery)
  return (
    <Page>
      <PageHeader
        title="API"
        description={
          <>
            All that the pages do, and what DSS clients call. Send a key as{' '}
            <code>Authorization: Bearer KEY</code>, or by Basic as the user name without a password.
          </>
        }
        actions={
          <>
            <ButtonLink href="/keys" icon="key">
              Your API keys
            </ButtonLink>
            <ButtonLink href="/api/openapi.json" icon="download">
              OpenAPI
            </ButtonLink>
          </>
        }
      />
      {query.data ? (
        <Operations document={query.data} />
      ) : (
        <>
          <ProblemNotice error={query.error} onRetry={() => query.refetch()} />
          {!query.error && <Skeleton label="Loading the API" rows={8} />}
        </>
      )}
    </Page>
  )
}

function Operations({ document }: { document: OpenApiDocument }) {
  const [search, setSearch] = useState('')
  const groups = useMemo(() => groupOperations(document), [document])
  const found = searchOperations(groups, search)
  const count = found.reduce((sum, { operations }) => sum + operations.length, 0)
  return (
    <div className="stack-6">
      <div className="row wrap">
        <SearchField page label="Search the API" value={search} onValueChange={setSearch} />
        <span className="small muted" role="status">
          {formatQuantity(count, 'call')}
        </span>
      </div>
      {found.length === 0 && <NoMatches what="calls" onClear={() => setSearch('')} />}
      {found.map(({ name, operations }) => (
        <section key={name} aria-label={name} className="stack">
          <h2>{name.charAt(0).toUpperCase() + name.slice(1)}</h2>
          {operations.map((operation) => (
            <OperationCard key={operation.id} operation={operation} document={document} />
          ))}
        </section>
      ))}
    </div>
  )
}
