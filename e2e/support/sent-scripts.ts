import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'

/** What a document names, as gzip sends it: the target of any page. */
export const SENT_FIRST_BYTES = 200_000

interface SentScripts {
  /** Bytes by gzip of the scripts that the document names. */
  first: number
  /** Of those that follow by themselves. */
  later: number
  /** Scripts that the document names and that were not fetched. */
  missing: string[]
}

/** Measures the scripts that a page is sent while it is visited. */
export async function measureScripts(page: Page, visit: () => Promise<unknown>): Promise<SentScripts> {
  const scripts: Response[] = []
  const documents: Response[] = []
  const note = (response: Response) => {
    if (fileOf(response).endsWith('.js')) scripts.push(response)
    if (response.request().isNavigationRequest() && response.ok()) documents.push(response)
  }
  page.on('response', note)
  await visit()
  page.off('response', note)
  const named = namedIn((await documents.at(-1)?.text()) ?? '')
  const first = new Map<string, number>()
  const later = new Map<string, number>()
  for (const script of scripts) {
    const file = fileOf(script)
    const sizes = named.has(file) ? first : later
    sizes.set(file, gzipSync(await script.body()).length)
  }
  return { first: sum(first), later: sum(later), missing: [...named].filter((file) => !first.has(file)) }
}

/** The scripts that a document names, whether as tags, to be fetched ahead or for its parts; those for old browsers left out. */
function namedIn(html: string): Set<string> {
  const modern = html.replace(/<script[^>]*\bnomodule\b[^>]*>/gi, '')
  return new Set(modern.match(/(?<=static\/chunks\/)[^"'\\\s]+\.js/g))
}

const fileOf = (response: Response) => new URL(response.url()).pathname.split('/static/chunks/')[1] ?? ''

const sum = (sizes: Map<string, number>) => [...sizes.values()].reduce((total, bytes) => total + bytes, 0)
