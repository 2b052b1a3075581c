import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { SignInPage } from '#components/identity/sign-in-page'
import { parseNextPath } from '#lib/domain/identity/landing'
import { findPageVisitor } from '#lib/server/identity/page-visitor'

export const metadata: Metadata = { title: 'Sign in' }

interface Props {
  searchParams: Promise<{ next?: string | string[] }>
}

export default async function Page({ searchParams }: Props) {
  const { next: text } = await searchParams
  const next = parseNextPath(Array.isArray(text) ? text[0] : text)
  const visitor = await findPageVisitor(await headers())
  if (visitor.state === 'not-set-up') redirect('/setup-needed')
  if (visitor.state === 'signed-in') redirect(next ?? visitor.session.home)
  return <SignInPage space={visitor.space} next={next} />
}
