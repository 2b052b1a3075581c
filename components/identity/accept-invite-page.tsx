'use client'

import { Gate } from '#components/layout/gate'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useAcceptInvite } from '#lib/client/gate'
import { type Invitation, inviteAcceptance } from '#lib/domain/identity/gate-wire'
import { FormError, useCheckedForm } from './checked-form'
import { GateHead } from './gate-head'
import { LoginField } from './login-field'
import { NewPasswordField } from './new-password-field'

interface AcceptInvitePageProps {
  token: string
  invitation: Invitation
}

/** An invited person chooses their login and password. */
export function AcceptInvitePage({ token, invitation }: AcceptInvitePageProps) {
  const accept = useAcceptInvite()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: inviteAcceptance,
    initial: { token, name: '', login: '', password: '' },
    error: accept.error,
    send: (body) => accept.mutate(body, { onSuccess: ({ home }) => window.location.assign(home) }),
  })
  const groups = invitation.groups.length > 0 ? ` You join ${invitation.groups.join(', ')}.` : ''
  return (
    <Gate wide>
      <GateHead title={`Join ${invitation.space}`}>
        The invitation is for {invitation.email} and works once.{groups}
      </GateHead>
      <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
        <Field label="Your name" error={errorOf('name')}>
          <Input
            name="name"
            autoComplete="name"
            value={values.name}
            onChange={(event) => set('name', event.target.value)}
          />
        </Field>
        <LoginField
          value={values.login}
          onValueChange={(value) => set('login', value)}
          error={errorOf('login')}
        />
        <NewPasswordField
          value={values.password}
          onValueChange={(value) => set('password', value)}
          error={errorOf('password')}
        />
        <FormError error={rest} />
        <Button type="submit" variant="primary" busy={accept.isPending || accept.isSuccess}>
          Join
        </Button>
      </form>
    </Gate>
  )
}
