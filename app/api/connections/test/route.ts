import { testResult } from '#lib/domain/connections/test-result'
import { connectionFormFacts, draftTestRequest } from '#lib/domain/connections/wire'
import { getConnectionFormFacts } from '#lib/server/connections/queries'
import { testDraft } from '#lib/server/connections/test-connection'
import { route } from '#lib/server/http/route'

export const GET = route(
  { summary: 'What the form of a new connection needs to know', result: connectionFormFacts },
  (ctx) => getConnectionFormFacts(ctx),
)

export const POST = route(
  { summary: 'Test settings before there is a connection', body: draftTestRequest, result: testResult },
  (ctx, { body }) => testDraft(ctx, body),
)
