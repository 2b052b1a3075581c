import { expect, test } from 'vitest'
import { moveIssue, sayAtField } from './issue-place'

const at = (message: string) => ({ reason: 'r', message, path: ['params', 'root'] })

test('what is wrong with a field is told under the name that it was sent by', () => {
  const sent = ['params', 'chroot']
  expect(moveIssue(at('params.root has to be a text, and is a list.'), sent)).toEqual({
    reason: 'r',
    message: 'params.chroot has to be a text, and is a list.',
    path: sent,
  })
  expect(moveIssue(at('The folder begins with a slash.'), sent).message).toBe(
    'The folder begins with a slash.',
  )
})

test('at its field a sentence names no path', () => {
  expect(sayAtField(at('params.root has to be a text.'))).toBe('This has to be a text.')
  expect(sayAtField(at('params.rooted is another.'))).toBe('params.rooted is another.')
  expect(sayAtField({ message: 'The body has to be a text.' })).toBe('The body has to be a text.')
})
