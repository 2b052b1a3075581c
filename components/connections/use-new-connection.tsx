'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { showSuccess } from '#components/ui/toast'
import { useCreateConnection, useTestDraft } from '#lib/client/connections'
import { NEW_PARAMS } from '#lib/domain/connections/params'
import { type ConnectionForm, missingIn, trimmed } from './connection-form'
import { addressOf } from './connections-table'
import { issuesOf } from './field-issues'

/** A connection that is not saved yet: its fields, its test, and the way to save it. */
export function useNewConnection() {
  const router = useRouter()
  const [name, setName] = useState('')
  const [description, setDescription] = useState('')
  const [form, setForm] = useState<ConnectionForm>({ params: NEW_PARAMS, secret: '', freeBucket: false })
  const [bucket, setBucket] = useState('')
  const create = useCreateConnection()
  const test = useTestDraft()
  const input = { params: trimmed(form.params), ...(form.secret === '' ? {} : { secret: form.secret }) }
  const onSuccess = () => {
    showSuccess(`Added ${name}. Nobody may use it yet: choose who.`)
    router.push(addressOf(name, 'permissions'))
  }
  return {
    name,
    setName,
    description,
    setDescription,
    form,
    change: (part: Partial<ConnectionForm>) => setForm((now) => ({ ...now, ...part })),
    changeParams: (part: Partial<ConnectionForm['params']>) =>
      setForm((now) => ({ ...now, params: { ...now.params, ...part } })),
    /** The bucket to test in, where the connection leaves it open. */
    bucket,
    setBucket,
    /** Why it cannot be tested yet. */
    untestable: missingIn(form),
    /** Why it cannot be saved yet. */
    missing: name === '' ? 'Give it a name first.' : missingIn(form),
    issues: issuesOf(create.error ?? test.error),
    create,
    test,
    runTest: (write = false) => {
      create.reset()
      test.mutate({ ...input, write, ...(bucket === '' ? {} : { bucket }) })
    },
    save: () => {
      test.reset()
      create.mutate({ name, description, ...input }, { onSuccess })
    },
  }
}

export type NewConnection = ReturnType<typeof useNewConnection>
