import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SetupNeededPage } from '#components/identity/setup-needed-page'
import { findPageVisitor } from '#lib/server/identity/page-visitor'

export const metadata: Metadata = { title: 'Set up' }

export default async function Page() {
  const visitor = await findPageVisitor(await headers())
  if (visitor.state !== 'not-set-up') redirect('/')
  return <SetupNeededPage />
}
