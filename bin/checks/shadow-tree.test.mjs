import { expect, test } from 'vitest'
import { shadowName, toJavaScript } from './shadow-tree.mjs'

test('keeps every import, of types too, and drops what is only a type', () => {
  const source = `
    import type { A } from './a'
    import type B from './b'
    import type * as C from './c'
    import { type D } from './d'
    import { type E, f } from './e'
    import type {
      G,
    } from './g'
    export type { H } from './h'
    export type * from './i'
    export * from './j'
    export type K = { from: string }
    type L = 1
    export type { L }
    export const m = <p>{f}</p>
    const n = import('./n')`
  const found = [...toJavaScript('x.tsx', source).matchAll(/["']\.\/(\w)["']/g)].map((match) => match[1])
  expect(found.toSorted().join('')).toBe('abcdeghijn')
})

test('names the shadow of a file', () => {
  expect(['a/b.ts', 'a/b.tsx', 'a/b.mjs', 'a/b.test.ts'].map(shadowName)).toEqual([
    'a/b.js',
    'a/b.js',
    'a/b.mjs',
    'a/b.test.js',
  ])
})
