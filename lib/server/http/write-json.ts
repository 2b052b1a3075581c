import 'server-only'
import * as z from 'zod'
import { isShared } from '../access/shared-looks'

/** Of answers to several requests, and gone with them: a long list takes longer to check and write than to read. */
const written = new WeakMap<object, { shape: z.ZodType; print: Print; text: string }>()

type Print = (value: unknown) => string

/** Checks an answer against its declared shape and prints it as JSON. @throws Error, a defect, when it has another */
export function writeJson(shape: z.ZodType, value: unknown, print: Print = JSON.stringify): string {
  if (!isShared(value)) return write(shape, value, print)
  const before = written.get(value)
  if (before?.shape === shape && before.print === print) return before.text
  const text = write(shape, value, print)
  written.set(value, { shape, print, text })
  return text
}

function write(shape: z.ZodType, value: unknown, print: Print): string {
  const parsed = shape.safeParse(value)
  if (parsed.success) return print(parsed.data)
  throw new Error(`the answer does not have its declared shape: ${z.prettifyError(parsed.error)}`)
}
