import { expect, test } from 'vitest'
import { findRootPaths } from './find-root-paths'

test.each([
  ['{"Records":[{"a":1},{"a":2}],"tags":[{"b":1}]}', ['Records', 'tags', '']],
  ['{"hits":{"hits":[{"a":1}]}}', ['hits.hits', '']],
  ['[{"a":1}]', ['']],
  ['{"a":1}\n{"a":2}', ['']],
  ['{"Records":[{"a":1},{"a":2', ['Records']],
  ['{"a":{"b":1', ['']],
  ['[1,2]', []],
  ['not JSON', []],
  ['', []],
])('finds where records stand: %j', (text, paths) => expect(findRootPaths(text)).toEqual(paths))
