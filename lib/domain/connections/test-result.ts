import * as z from 'zod'

export const TEST_STEPS = [
  'reachable',
  'credentials',
  'region',
  'list',
  'read',
  'clock-skew',
  'write',
] as const
export type TestStepName = (typeof TEST_STEPS)[number]

export const testStep = z.object({
  step: z.enum(TEST_STEPS),
  /** What was not tried is "not tested", never a success. */
  outcome: z.enum(['ok', 'failed', 'not-tested']),
  durationMs: z.number(),
  message: z.string(),
  remedy: z.string().optional(),
})
export type TestStep = z.infer<typeof testStep>

export const testResult = z.object({
  at: z.iso.datetime(),
  /** `draft`: of settings that were not saved. */
  trigger: z.enum(['person', 'schedule', 'activation', 'draft']),
  ok: z.boolean(),
  message: z.string(),
  durationMs: z.number(),
  steps: z.array(testStep),
})
export type TestResult = z.infer<typeof testResult>

const FAILING: Record<TestStepName, string> = {
  reachable: 'Cannot reach the store',
  credentials: 'Credentials refused',
  region: 'Wrong region',
  list: 'Cannot list',
  read: 'Cannot read',
  'clock-skew': 'Clocks differ',
  write: 'Cannot write',
}

/** A test in a few words that name neither bucket nor endpoint: `"Healthy"`, `"Cannot list"`. */
export function summarizeTest(steps: readonly TestStep[]): { ok: boolean; message: string } {
  const failed = TEST_STEPS.find((name) =>
    steps.some((step) => step.step === name && step.outcome === 'failed'),
  )
  if (failed !== undefined) return { ok: false, message: FAILING[failed] }
  const proven = steps.some((step) => step.step === 'list' && step.outcome === 'ok')
  return proven ? { ok: true, message: 'Healthy' } : { ok: false, message: 'Not tested to the end' }
}

/** Every step in the order pages show, those that were not tried as "not tested". */
export function completeSteps(steps: readonly TestStep[]): TestStep[] {
  return TEST_STEPS.map(
    (name) =>
      steps.find((step) => step.step === name) ?? {
        step: name,
        outcome: 'not-tested',
        durationMs: 0,
        message: 'not tested',
      },
  )
}

export interface PolicyStatement {
  title: string
  statement: { Effect: 'Allow'; Action: string; Resource: string }
}

/** The statement that grants what the first refused step lacked; none when nothing of the kind was refused. */
export function missingPermission(
  steps: readonly TestStep[],
  place: { bucket: string; root: string },
): PolicyStatement | null {
  const refused = steps.find(
    (step) => step.outcome === 'failed' && (step.remedy ?? step.message).includes('s3:'),
  )
  const action = /s3:[A-Za-z]+/.exec(`${refused?.remedy ?? ''} ${refused?.message ?? ''}`)?.[0]
  if (refused === undefined || action === undefined) return null
  const bucket = `arn:aws:s3:::${place.bucket}`
  const what = { list: 'list this bucket', read: 'read its objects', write: 'write to it' }
  return {
    title: `The key may not ${what[refused.step as keyof typeof what] ?? 'do this'}`,
    statement: {
      Effect: 'Allow',
      Action: action,
      Resource: action === 's3:ListBucket' ? bucket : `${bucket}${place.root}*`,
    },
  }
}
