import { gzipSync } from 'node:zlib'
import type { Response } from '@playwright/test'
import { openVisitor, PAGES, type Visitor } from './support/pages'
import { expect, test } from './support/test'

/** What a document names, as gzip sends it. */
const SENT_FIRST_BYTES = 200 * 1024
/** What follows by itself, in several parts: the page's own, and what its content asks for. */
const FOLLOWS_BYTES = 250 * 1024

test.use({ start: { command: ['demo', '--empty'] } })

let visitor: Visitor
test.beforeAll(async ({ browser, launchpad }) => {
  visitor = await openVisitor(browser, launchpad)
})
test.afterAll(() => visitor?.close())

/** The scripts that a document names, whether as tags, to be fetched ahead or for its parts; those for old browsers left out. */
function scriptsOf(html: string): Set<string> {
  const modern = html.replace(/<script[^>]*\bnomodule\b[^>]*>/gi, '')
  return new Set(modern.match(/(?<=static\/chunks\/)[^"'\\\s]+\.js/g))
}

const fileOf = (response: Response) => new URL(response.url()).pathname.split('/static/chunks/')[1] ?? ''

async function watchScripts(entry: (typeof PAGES)[string]) {
  const { page } = visitor
  const scripts: Response[] = []
  const documents: Response[] = []
  const note = (response: Response) => {
    if (fileOf(response).endsWith('.js')) scripts.push(response)
    if (response.request().isNavigationRequest() && response.ok()) documents.push(response)
  }
  page.on('response', note)
  await visitor.visit(entry)
  page.off('response', note)
  const html = (await documents.at(-1)?.text()) ?? ''
  return { html, scripts }
}

const sum = (sizes: Iterable<number>) => [...sizes].reduce((total, bytes) => total + bytes, 0)

for (const [name, entry] of Object.entries(PAGES)) {
  test(`scripts of page /${name}`, async () => {
    const { html, scripts } = await watchScripts(entry)
    const named = scriptsOf(html)
    const first = new Map<string, number>()
    const later = new Map<string, number>()
    for (const script of scripts) {
      const file = fileOf(script)
      const sizes = named.has(file) ? first : later
      sizes.set(file, gzipSync(await script.body()).length)
    }
    expect([...named].filter((file) => !first.has(file))).toEqual([])
    test
      .info()
      .annotations.push({ type: 'bytes', description: `${sum(first.values())} + ${sum(later.values())}` })
    expect(first.size).toBeGreaterThan(0)
    expect(sum(first.values())).toBeLessThanOrEqual(SENT_FIRST_BYTES)
    expect(sum(later.values())).toBeLessThanOrEqual(FOLLOWS_BYTES)
  })
}
