import 'server-only'
import type { ListObjectsV2Command, ListObjectsV2CommandInput } from '@aws-sdk/client-s3'
import type { Sender } from './store-client'

/**
 * Asks for a page of a listing and gives its XML unread. The SDK's parser takes 4 to 7 times as long as
 * {@link scanListing}, and with a million keys it is the parser that one waits for; so the SDK signs and sends the
 * request, judges refusals, and is given nothing to parse on success.
 */
export async function fetchListing(sender: Sender, input: ListObjectsV2CommandInput): Promise<Buffer> {
  const command = new sender.sdk.ListObjectsV2Command(input)
  const page = takeBody(command)
  await sender.s3.send(command, sender.options)
  return page.body
}

function takeBody(command: ListObjectsV2Command): { body: Buffer } {
  const page: { body: Buffer } = { body: Buffer.alloc(0) }
  // Of low priority in the step, it stands between the network and what parses.
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const response = result.response as { statusCode: number; body: Buffer }
      if (response.statusCode < 200 || response.statusCode >= 300) return result
      page.body = response.body
      response.body = Buffer.alloc(0)
      return result
    },
    { step: 'deserialize', priority: 'low', name: 'takeListing' },
  )
  return page
}
