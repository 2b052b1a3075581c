import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SetupNeededPage } from '#components/identity/setup-needed-page'
import { SetupPage } from '#components/identity/setup-page'
import { findPageVisitor } from '#lib/server/identity/page-visitor'
import { isSetupToken } from '#lib/server/spaces/installation'

// The address holds the token: it must not reach another page as its referrer.
export const metadata: Metadata = { title: 'Create your space', referrer: 'no-referrer' }

interface Props {
  searchParams: Promise<{ token?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  const visitor = await findPageVisitor(await headers())
  if (visitor.state !== 'not-set-up') redirect('/')
  const { token } = await searchParams
  if (typeof token !== 'string' || !(await isSetupToken(token))) return <SetupNeededPage linkEnded />
  return <SetupPage token={token} />
}
