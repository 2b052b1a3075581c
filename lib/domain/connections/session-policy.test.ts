import { expect, test } from 'vitest'
import { sessionPolicy } from './session-policy'

const statements = (scope: Partial<Parameters<typeof sessionPolicy>[0]> = {}) =>
  JSON.parse(
    sessionPolicy({ bucket: 'lake', root: 'raw/', allowedPrefixes: [], allowWrite: false, ...scope }),
  ).Statement

test('a session opens the root of its connection, and reads', () => {
  expect(statements()).toMatchObject([
    {
      Action: 's3:ListBucket',
      Resource: 'arn:aws:s3:::lake',
      Condition: { StringLike: { 's3:prefix': ['raw/*'] } },
    },
    { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::lake/raw/*'] },
    { Action: ['kms:Decrypt'] },
  ])
})

test('prefixes narrow it, writing widens it, and signs of the policy language are letters', () => {
  const [list, objects] = statements({ allowedPrefixes: ['/a/', '/b*/'], allowWrite: true })
  // biome-ignore lint/suspicious/noTemplateCurlyInString: how a policy writes an asterisk
  expect(list.Condition.StringLike['s3:prefix']).toEqual(['raw/a/*', 'raw/b${*}/*'])
  expect(objects.Action).toContain('s3:PutObject')
})
