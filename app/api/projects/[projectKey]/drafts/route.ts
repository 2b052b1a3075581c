import * as z from 'zod'
import { draft, draftList, wizardSettings } from '#lib/domain/datasets/draft-wire'
import { createDraft, listDrafts } from '#lib/server/datasets/drafts'
import { route } from '#lib/server/http/route'

const params = z.object({ projectKey: z.string() })

export const GET = route({ summary: 'Your drafts in a project', params, result: draftList }, (ctx, input) =>
  listDrafts(ctx, input.params.projectKey),
)

export const POST = route(
  {
    summary: 'Begin a draft of a dataset',
    params,
    body: z.object({ settings: wizardSettings }),
    result: draft,
    status: 201,
    keepsJson: true,
  },
  (ctx, input) => createDraft(ctx, input.params.projectKey, input.body.settings),
)
