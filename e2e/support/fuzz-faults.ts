import * as z from 'zod'
import { problem } from '../../lib/domain/problem'
import type { Answered } from './http'

/** What DSS clients read of an error. */
const publicApiError = z.strictObject({
  errorType: z.string().min(1),
  message: z.string().min(1),
  detailedMessage: z.string().min(1),
})
/** What could not be read as a request has no address to tell the form by, and carries both. */
const noRequest = z.object({ status: z.int(), code: z.string(), detail: z.string(), ...publicApiError.shape })

/** What zod says by itself of a wrong value, which is for programmers. */
export const DEFAULT_TEXTS =
  /Invalid (?:input|option|string|number|key in|value in|discriminator|UUID|URL|ISO|email)\b|Too (?:big|small): expected|Unrecognized key/

interface Asked {
  method: string
  target: string
}

/** What an answer may never be: a fault of the server's own or a refusal that its client cannot read; null when it is neither. */
export function faultOf({ method, target }: Asked, answer: Answered): string | null {
  const { status, headers } = answer
  if (status >= 500 || status < 200) return 'fault'
  if (status < 400) return status < 300 ? null : 'redirect'
  if (DEFAULT_TEXTS.test(answer.text)) return 'words of zod'
  const type = headers['content-type'] ?? ''
  if (!headers['x-request-id'] && !isUnread(answer)) return 'no request id'
  if (!/^application\/(?:problem\+)?json/.test(type)) return 'no JSON'
  if (method === 'HEAD') return answer.text === '' ? null : 'a body'
  return formFault(target, answer)
}

const isUnread = ({ status, headers }: Answered) =>
  [400, 408, 431].includes(status) && headers.connection === 'close'

function formFault(target: string, answer: Answered): string | null {
  if (answer.text === '') return 'no text'
  if (isUnread(answer) && !answer.headers['x-request-id'])
    return noRequest.safeParse(answer.json()).error?.message ?? null
  if (/^\/(?:dip\/publicapi|public\/api)(?:[/?]|$)/.test(target))
    return publicApiError.safeParse(answer.json()).error?.message ?? null
  const { error, data } = problem.safeParse(answer.json())
  if (error) return error.message
  return data.status === answer.status ? null : 'another status'
}

/** Takes an answer apart that came as text, in one piece as HTTP/1.0 has it. */
export function readAnswer(text: string): Answered {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2)
  const [first = '', ...lines] = head.split('\r\n')
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  const status = Number(/^HTTP\/1\.[01] (\d{3}) /.exec(first)?.[1] ?? 0)
  return { status, headers, text: body, json: () => JSON.parse(body) }
}
