'use client'

import { Gate } from '#components/layout/gate'
import { Button, ButtonLink } from '#components/ui/button'
import { useResetPassword } from '#lib/client/gate'
import { type ResetOffer, resetInput } from '#lib/domain/identity/gate-wire'
import { FormError, useCheckedForm } from './checked-form'
import { GateHead } from './gate-head'
import { NewPasswordField } from './new-password-field'

interface ResetPageProps {
  token: string
  offer: ResetOffer
}

/** A person sets a new password with the link they were given. */
export function ResetPage({ token, offer }: ResetPageProps) {
  const reset = useResetPassword()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: resetInput,
    initial: { token, password: '' },
    error: reset.error,
    send: (body) => reset.mutate(body),
  })
  if (reset.isSuccess) {
    return (
      <Gate>
        <GateHead title="Your password is set">
          All your sessions have ended. Sign in with the new one.
        </GateHead>
        <ButtonLink href="/sign-in" variant="primary">
          Sign in
        </ButtonLink>
      </Gate>
    )
  }
  return (
    <Gate>
      <GateHead title="Set a new password">
        For {offer.name}, login {offer.login}, in {offer.space}. The link works once.
      </GateHead>
      <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
        <input type="text" name="username" autoComplete="username" value={offer.login} readOnly hidden />
        <NewPasswordField
          value={values.password}
          onValueChange={(value) => set('password', value)}
          error={errorOf('password')}
        />
        <FormError error={rest} />
        <Button type="submit" variant="primary" busy={reset.isPending}>
          Set password
        </Button>
      </form>
    </Gate>
  )
}
