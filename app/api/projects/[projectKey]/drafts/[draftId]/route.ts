import * as z from 'zod'
import { draft, draftSave } from '#lib/domain/datasets/draft-wire'
import { discardDraft, getDraft, saveDraft } from '#lib/server/datasets/drafts'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string(), draftId: z.string() })

export const GET = route(
  { summary: 'A draft of yours', params, result: draft, keepsJson: true },
  (ctx, input) => getDraft(ctx, input.params),
)

export const PUT = route(
  {
    summary: 'Save a draft over the version you read',
    params,
    body: draftSave,
    result: draft,
    keepsJson: true,
  },
  (ctx, input) => saveDraft(ctx, input.params, input.body),
)

export const DELETE = route({ summary: 'Discard a draft', params }, (ctx, input) =>
  discardDraft(ctx, input.params),
)
