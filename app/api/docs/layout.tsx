import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { AppShell } from '#components/identity/app-shell'
import { requirePageSession } from '#lib/server/identity/page-visitor'

export default async function ApiDocsLayout({ children }: { children: ReactNode }) {
  const session = await requirePageSession(await headers())
  return <AppShell session={session}>{children}</AppShell>
}
