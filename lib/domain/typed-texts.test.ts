import { expect, test } from 'vitest'
import type * as z from 'zod'
import { inviteAcceptance, resetInput, setupInput, signInInput } from './identity/gate-wire'
import { globalKeyInput, groupInput, inviteInput, passwordChange, userChange } from './identity/wire'
import { newNode } from './nodes/wire'
import { projectCreation } from './projects/wire'
import { spaceChange } from './spaces/wire'

/** What forms check as one types, in the browser. */
const FORMS: Record<string, z.ZodObject> = {
  setupInput,
  signInInput,
  inviteAcceptance,
  resetInput,
  passwordChange,
  userChange,
  inviteInput,
  groupInput,
  globalKeyInput: globalKeyInput.omit({ expiresAt: true }),
  newNode,
  projectCreation,
  spaceChange,
}

test.each(Object.entries(FORMS))('%s has words of its own for whatever is typed', (_, shape) => {
  for (const text of ['', 'x'.repeat(10_000), '\u202e', '!']) {
    const typed = Object.fromEntries(Object.keys(shape.shape).map((name) => [name, text]))
    const { issues = [] } = shape.safeParse(typed, { error: () => 'not told' }).error ?? {}
    // A token comes with the link; lists and switches are no texts.
    const own = issues.filter(
      ({ code, path }) => /custom|too_|invalid_format/.test(code) && path[0] !== 'token',
    )
    expect(own.filter(({ message }) => message === 'not told')).toEqual([])
  }
})
