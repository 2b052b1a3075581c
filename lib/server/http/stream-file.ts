import 'server-only'

interface StreamedFile {
  name: string
  contentType: string
  /** Texts go out as UTF-8. */
  chunks: Iterable<string | Uint8Array>
}

/** Answers with what is to be kept as a file, written as fast as it is taken. */
export function streamFile({ name, contentType, chunks }: StreamedFile): Response {
  const iterator = chunks[Symbol.iterator]()
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = iterator.next()
      if (done) controller.close()
      else controller.enqueue(typeof value === 'string' ? encoder.encode(value) : value)
    },
    cancel() {
      iterator.return?.()
    },
  })
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${name.replace(/[^A-Za-z0-9._-]/g, '_')}"`,
      'cache-control': 'no-store',
    },
  })
}
