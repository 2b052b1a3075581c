import { openVisitor, PAGES, type Visitor } from './support/pages'
import { measureScripts, SENT_FIRST_BYTES } from './support/sent-scripts'
import { expect, test } from './support/test'

/** What follows by itself, in several parts: the page's own, and what its content asks for. */
const FOLLOWS_BYTES = 250 * 1024

test.use({ start: { command: ['demo', '--empty'] } })

let visitor: Visitor
test.beforeAll(async ({ browser, launchpad }) => {
  visitor = await openVisitor(browser, launchpad)
})
test.afterAll(() => visitor?.close())

for (const [name, entry] of Object.entries(PAGES)) {
  test(`scripts of page /${name}`, async () => {
    const { first, later, missing } = await measureScripts(visitor.page, () => visitor.visit(entry))
    test.info().annotations.push({ type: 'bytes', description: `${first} + ${later}` })
    expect(missing).toEqual([])
    expect(first).toBeGreaterThan(0)
    expect(first).toBeLessThanOrEqual(SENT_FIRST_BYTES)
    expect(later).toBeLessThanOrEqual(FOLLOWS_BYTES)
  })
}
