'use client'

import { type ComponentType, lazy, Suspense } from 'react'
import { Skeleton } from '#components/ui/skeleton'
import { Page } from './page'

/**
 * A page in a part of its own: what the server drew of it stands from the start, and its script follows the one of the
 * frame around it. `load` is called when the page is first drawn.
 */
export function openPage<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  const Body = lazy(async () => ({ default: await load() }))
  return function OpenPage(props: Props) {
    return (
      <Suspense fallback={<ToCome />}>
        <Body {...props} />
      </Suspense>
    )
  }
}

function ToCome() {
  return (
    <Page>
      <Skeleton label="Loading the page" />
    </Page>
  )
}
