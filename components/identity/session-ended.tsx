'use client'

import { useQueryClient } from '@tanstack/react-query'
import { usePathname } from 'next/navigation'
import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button'
import { Dialog } from '#components/ui/dialog'
import { Time } from '#components/ui/time'
import { ApiError } from '#lib/client/api'

const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401

/** When the server no longer knows this person, the page stays as it is, and this offers the way back in. */
export function SessionEnded() {
  const client = useQueryClient()
  const pathname = usePathname()
  const [endedAt, setEndedAt] = useState<Date | null>(null)
  useEffect(() => {
    const notice = (error: unknown) => {
      if (isSignedOut(error)) setEndedAt((before) => before ?? new Date())
    }
    const leaveQueries = client.getQueryCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
    })
    const leaveMutations = client.getMutationCache().subscribe((event) => {
      if (event.type === 'updated' && event.action.type === 'error') notice(event.action.error)
    })
    return () => {
      leaveQueries()
      leaveMutations()
    }
  }, [client])
  const signIn = () => {
    const next = `${pathname}${window.location.search}${window.location.hash}`
    window.location.assign(`/sign-in?next=${encodeURIComponent(next)}`)
  }
  if (!endedAt) return null
  return (
    <Dialog
      narrow
      open
      onOpenChange={() => setEndedAt(null)}
      title="You are signed out"
      footer={
        <Button variant="primary" onClick={signIn}>
          Sign in again
        </Button>
      }
    >
      <p>
        Your session, or your account, had ended by <Time at={endedAt} as="clock" />. What you see may be out
        of date; changes cannot be saved until you sign in.
      </p>
    </Dialog>
  )
}
