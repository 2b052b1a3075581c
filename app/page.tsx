import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { requirePageSession } from '#lib/server/identity/page-visitor'

export default async function LandingPage() {
  const session = await requirePageSession(await headers())
  redirect(session.home)
}
