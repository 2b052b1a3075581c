'use client'

import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { ErrorLine } from '#components/ui/error-line'
import { ApiError } from '#lib/client/api'

interface FormOptions<S extends z.ZodType> {
  schema: S
  initial: z.input<S>
  /** What the server said to the last try; issues that name a field go to that field. */
  error: Error | null
  send: (value: z.output<S>) => void
}

/** The fields of a form that are texts. */
type TextName<Values> = {
  [N in Extract<keyof Values, string>]: Values[N] extends string | undefined ? N : never
}[Extract<keyof Values, string>]

/** A form whose fields are checked by the schema of what is sent: on the first Submit, and from then on as one types. */
export function useCheckedForm<S extends z.ZodType<unknown, object>>(options: FormOptions<S>) {
  const { schema, initial, error, send } = options
  const [values, setValues] = useState<z.input<S>>(initial)
  const [tried, setTried] = useState(0)
  const [changedSince, setChangedSince] = useState<ReadonlySet<string>>(new Set())
  const form = useRef<HTMLFormElement>(null)
  const checked = schema.safeParse(values)
  const own = firstMessages(tried && !checked.success ? checked.error.issues : [])
  const theirs = fieldMessages(error)

  // biome-ignore lint/correctness/useExhaustiveDependencies: the place of the mistake is looked for after each try and each answer
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tried, error])

  type Name = Extract<keyof z.input<S>, string>
  const set = <N extends Name>(name: N, value: z.input<S>[N]) => {
    setValues((before) => ({ ...before, [name]: value }))
    setChangedSince((before) => new Set(before).add(name))
  }
  /** The message under a field; what the server said goes as soon as the field changes. */
  const errorOf = (name: Name) => own.get(name) ?? (changedSince.has(name) ? undefined : theirs.get(name))
  return {
    form,
    values,
    set,
    errorOf,
    /** What a line of text needs besides its label. */
    textOf: <N extends TextName<z.input<S>>>(name: N) => ({
      name,
      value: values[name],
      error: errorOf(name),
      onValueChange: (value: string) => set(name, value as z.input<S>[N]),
    }),
    onSubmit: (event: FormEvent) => {
      event.preventDefault()
      setTried((count) => count + 1)
      setChangedSince(new Set())
      if (checked.success) send(checked.data)
    },
    /** What the server said that belongs to no field. */
    rest: theirs.size === 0 ? error : null,
  }
}

const fieldMessages = (error: Error | null) =>
  firstMessages(error instanceof ApiError ? (error.problem.details.issues ?? []) : [])

interface FieldIssue {
  path?: readonly PropertyKey[] | undefined
  message: string
}

/** One message a field: the first one says what to do first. */
function firstMessages(issues: readonly FieldIssue[]): Map<string, string> {
  const named = issues.flatMap(({ path, message }) =>
    path?.length ? [{ field: String(path[0]), message }] : [],
  )
  return new Map(named.reverse().map(({ field, message }) => [field, message]))
}

/** What went wrong, and what to do, in one line. */
export function sayError(error: Error): string {
  const { remedy, ask } = error instanceof ApiError ? error.problem.details : {}
  return [error.message, remedy, ask?.length ? `Ask: ${ask.join(', ')}.` : ''].filter(Boolean).join(' ')
}

/** What went wrong with the whole form. */
export function FormError({ error }: { error: Error | null }) {
  return error && <ErrorLine>{sayError(error)}</ErrorLine>
}
