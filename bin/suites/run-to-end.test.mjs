import os from 'node:os'
import { expect, test } from 'vitest'
import { runToEnd } from './run-to-end.mjs'

test.each([19, undefined])('a program has the priority that is asked for: %s', async (priority) => {
  const own = "require('os').getPriority()"
  const code = await runToEnd(process.execPath, ['-e', `setTimeout(() => process.exit(${own}), 100)`], {
    ...(priority === undefined ? {} : { priority }),
  })
  expect(code).toBe(priority ?? (os.getPriority() + 256) % 256)
})
