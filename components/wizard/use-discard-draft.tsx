'use client'

import { useQueryClient } from '@tanstack/react-query'
import { showSuccess } from '#components/ui/toast'
import { draftQuery, useCreateDraft, useDiscardDraft } from '#lib/client/drafts'

/** Discards a draft; within 10 s it can be brought back, as a draft of its own. */
export function useDiscardWithUndo(projectKey: string): (draftId: string) => Promise<void> {
  const client = useQueryClient()
  const discard = useDiscardDraft(projectKey)
  const create = useCreateDraft(projectKey)
  return async (draftId) => {
    const { settings } = await client.fetchQuery(draftQuery(projectKey, draftId))
    await discard.mutateAsync(draftId)
    showSuccess('Draft discarded', { onUndo: () => create.mutate(settings) })
  }
}
