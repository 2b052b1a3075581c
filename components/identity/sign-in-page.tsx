'use client'

import { Gate } from '#components/layout/gate'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useSignIn } from '#lib/client/gate'
import { signInInput } from '#lib/domain/identity/gate-wire'
import { FormError, useCheckedForm } from './checked-form'
import { GateHead } from './gate-head'
import { LoginField } from './login-field'

interface SignInPageProps {
  space: string
  /** Where the person wanted to go. */
  next: string | null
}

/** Login and password; then on to where one wanted to go, or to one's own landing page. */
export function SignInPage({ space, next }: SignInPageProps) {
  const signIn = useSignIn()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: signInInput,
    initial: { login: '', password: '' },
    error: signIn.error,
    // A whole new page: nothing of what someone else saw in this tab stays.
    send: (body) =>
      signIn.mutate(body, {
        onSuccess: ({ home }) => window.location.assign(next === null ? home : withFragment(next)),
      }),
  })
  return (
    <Gate>
      <GateHead title={`Sign in to ${space}`}>Every sign-in is recorded in the audit trail.</GateHead>
      {/* Before the page has come alive, a password must not end up in the address. */}
      <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
        <LoginField
          value={values.login}
          onValueChange={(value) => set('login', value)}
          error={errorOf('login')}
        />
        <Field label="Password" error={errorOf('password')}>
          <Input
            type="password"
            name="password"
            autoComplete="current-password"
            value={values.password}
            onChange={(event) => set('password', event.target.value)}
          />
        </Field>
        <FormError error={rest} />
        <Button type="submit" variant="primary" busy={signIn.isPending || signIn.isSuccess}>
          Sign in
        </Button>
      </form>
      <p className="small muted mt-5">No way in? An administrator can make a reset link.</p>
    </Gate>
  )
}

/** The fragment of the address that one was sent here from, which no server sees: a link with settings keeps them. */
const withFragment = (next: string) => (next.includes('#') ? next : next + window.location.hash)
