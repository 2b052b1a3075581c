'use client'

import { Gate } from '#components/layout/gate'
import { Button } from '#components/ui/button'
import { Field } from '#components/ui/field'
import { Input } from '#components/ui/input'
import { useCreateSpace } from '#lib/client/gate'
import { setupInput } from '#lib/domain/identity/gate-wire'
import { FormError, useCheckedForm } from './checked-form'
import { GateHead } from './gate-head'
import { LoginField } from './login-field'
import { NewPasswordField } from './new-password-field'

/** The first run: the space and its first administrator. */
export function SetupPage({ token }: { token: string }) {
  const create = useCreateSpace()
  const { form, values, set, errorOf, onSubmit, rest } = useCheckedForm({
    schema: setupInput,
    initial: { token, space: '', name: '', login: '', email: '', password: '' },
    error: create.error,
    send: (body) => create.mutate(body, { onSuccess: ({ home }) => window.location.assign(home) }),
  })
  return (
    <Gate wide>
      <GateHead title="Create your space">
        This link works once. It makes the space and its first administrator; no default password exists.
      </GateHead>
      <form className="form" method="post" ref={form} onSubmit={onSubmit} noValidate>
        <Field label="Space" error={errorOf('space')}>
          <Input name="space" value={values.space} onChange={(event) => set('space', event.target.value)} />
        </Field>
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
        <Field label="E-mail" error={errorOf('email')}>
          <Input
            type="email"
            name="email"
            autoComplete="email"
            value={values.email}
            onChange={(event) => set('email', event.target.value)}
          />
        </Field>
        <NewPasswordField
          value={values.password}
          onValueChange={(value) => set('password', value)}
          error={errorOf('password')}
        />
        <FormError error={rest} />
        <Button type="submit" variant="primary" busy={create.isPending || create.isSuccess}>
          Create space
        </Button>
      </form>
    </Gate>
  )
}
