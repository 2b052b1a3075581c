import { readSharedSettings, writeSharedSettings } from '#lib/domain/datasets/shared-settings'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { fail, type Result } from '#lib/domain/result'

/** Longer links are cut by mail programs and chats. */
export const MOST_LINK_BYTES = 16 * 1024
/** Settings are not longer than this, whatever a link would unpack to. */
const MOST_UNPACKED_BYTES = 4 * 1024 * 1024
const FRAGMENT = '#settings='

/** The address that opens these settings in the wizard, or null where it would be too long for a link. */
export async function writeSettingsLink(
  origin: string,
  projectKey: string,
  state: Pick<WizardState, 'name' | 'definition' | 'touched'>,
): Promise<string | null> {
  const packed = await transform(
    new TextEncoder().encode(writeSharedSettings(state)),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  )
  const link = `${origin}/projects/${encodeURIComponent(projectKey)}/datasets/new${FRAGMENT}${toBase64Url(packed)}`
  return link.length > MOST_LINK_BYTES ? null : link
}

/** The settings that the fragment of an address carries: null without any; never throws. */
export async function readSettingsLink(fragment: string): Promise<Result<WizardState> | null> {
  if (!fragment.startsWith(FRAGMENT)) return null
  try {
    const packed = fromBase64Url(fragment.slice(FRAGMENT.length))
    const stream = new DecompressionStream('deflate-raw')
    const bytes = await transform(packed, stream, MOST_UNPACKED_BYTES)
    return readSharedSettings(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return fail({
      reason: 'broken-link',
      message: 'This link is not whole. Copy all of it, or ask for it again.',
    })
  }
}

async function transform(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  mostBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > mostBytes) {
      await reader.cancel()
      throw new RangeError('The settings are too long.')
    }
    parts.push(value)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

function toBase64Url(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (char) => char.charCodeAt(0))
}
