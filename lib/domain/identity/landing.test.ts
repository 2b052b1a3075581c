import fc from 'fast-check'
import { expect, test } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { landingPage, parseNextPath } from './landing'
import { pagesFor } from './pages'

test.each([
  ['/projects/AUDIT/flow?x=1#y', '/projects/AUDIT/flow?x=1#y'],
  ['/', '/'],
  ['/a/../launchpad', '/launchpad'],
])('%s is a page of ours', (text, path) => {
  expect(parseNextPath(text)).toBe(path)
})

test.each([
  [null],
  [undefined],
  [''],
  ['projects'],
  ['//evil.example'],
  ['/\\evil.example'],
  ['/\t/evil.example'],
  ['/a/..//evil.example'],
  ['https://evil.example/'],
  ['javascript:alert(1)'],
])('%j leads elsewhere', (text) => {
  expect(parseNextPath(text)).toBeNull()
})

test('whatever is let through stays on this origin', () => {
  const origin = 'http://127.0.0.1:3000'
  const piece = fc.constantFrom('/', '\\', '.', '..', ':', '@', '?', '#', 'a', '%2f', '\t', 'http:', ' ')
  fc.assert(
    fc.property(
      fc.oneof(
        fc.array(piece).map((parts) => `/${parts.join('')}`),
        fc.string(),
      ),
      (text) => {
        const path = parseNextPath(text)
        if (path !== null) expect(new URL(path, origin).origin).toBe(origin)
      },
    ),
    propertyRuns(20_000),
  )
})

test.each([
  [{ isAdministrator: true, isAuditor: false }, 'overview', 7],
  [{ isAdministrator: true, isAuditor: true }, 'overview', 7],
  [{ isAdministrator: false, isAuditor: true }, 'connections', 3],
  [{ isAdministrator: false, isAuditor: false }, 'projects', 2],
])('%j lands on %s', (person, page, count) => {
  expect(landingPage(person)).toBe(page)
  expect(pagesFor(person)).toHaveLength(count)
  expect(pagesFor(person)).toContain(page)
})
