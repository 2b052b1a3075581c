import { expect, test } from 'vitest'
import { readPastedPath } from './pasted-path'

test.each([
  ['/sales/', '/sales/', null],
  [' /sales/ ', '/sales/', null],
  ['/a b/', '/a b/', null],
  ['s3://lake/sales/2026/', '/sales/2026/', 'lake'],
  ['\tS3://lake\n', '/', 'lake'],
  ['s3a://lake/x', '/x', 'lake'],
  ['s3://', 's3://', null],
  ['sales/', 'sales/', null],
  ['', '', null],
])('%j is path and bucket', (text, path, bucket) => expect(readPastedPath(text)).toEqual({ path, bucket }))
