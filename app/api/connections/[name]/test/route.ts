import { connectionParam } from '#lib/domain/connections/route-params'
import { testResult } from '#lib/domain/connections/test-result'
import { connectionTestRequest } from '#lib/domain/connections/wire'
import { testConnection } from '#lib/server/connections/test-connection'
import { route } from '#lib/server/http/route'

export const POST = route(
  {
    summary: 'Test a connection, with settings that are not saved where given',
    params: connectionParam,
    body: connectionTestRequest,
    result: testResult,
  },
  (ctx, { params, body }) => testConnection(ctx, params.name, body),
)
