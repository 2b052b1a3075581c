import * as z from 'zod'

export const STEP_NAMES = [
  'connection-created',
  'first-event-written',
  'read-back',
  'delivering-kept',
  'active',
] as const
export type StepName = (typeof STEP_NAMES)[number]

const TITLES: Record<StepName, string> = {
  'connection-created': 'Connection created',
  'first-event-written': 'First event written',
  'read-back': 'Read back through the connection',
  'delivering-kept': 'Delivering what was kept',
  active: 'Active',
}

/** One step of an activation, as the page shows it. */
export const activationStep = z.object({
  name: z.enum(STEP_NAMES),
  title: z.string(),
  state: z.enum(['todo', 'now', 'done', 'failed']),
  startedAt: z.iso.datetime().nullable(),
  tookMs: z.number().int().nullable(),
  /** One sentence: what was done, which try it is, what went wrong. */
  detail: z.string().nullable(),
  /** The object it is about, as paths show it. */
  path: z.string().nullable(),
})
export type ActivationStep = z.infer<typeof activationStep>
export const activationSteps = z.array(activationStep)

/** The steps of an activation, none of them begun. */
export const firstSteps = (): ActivationStep[] =>
  STEP_NAMES.map((name) => ({
    name,
    title: TITLES[name],
    state: 'todo',
    startedAt: null,
    tookMs: null,
    detail: null,
    path: null,
  }))

type Change = Partial<Pick<ActivationStep, 'detail' | 'path'>>

/** Marks a step as under way; asked again, it goes on from where it began. */
export const beginStep = (steps: ActivationStep[], name: StepName, at: Date): ActivationStep[] =>
  replace(steps, name, (step) => ({ ...step, state: 'now', startedAt: step.startedAt ?? at.toISOString() }))

/** Adds to a step what became known of it. */
export const noteStep = (steps: ActivationStep[], name: StepName, change: Change): ActivationStep[] =>
  replace(steps, name, (step) => ({ ...step, ...change }))

/** Ends a step, with the time that it took. */
export const endStep = (
  steps: ActivationStep[],
  name: StepName,
  at: Date,
  change: Change = {},
): ActivationStep[] =>
  replace(steps, name, (step) => ({ ...step, ...change, state: 'done', tookMs: tookMs(step, at) }))

/** Marks the step under way, or the first one not done, as the one that failed. */
export function failStep(steps: ActivationStep[], at: Date, detail: string): ActivationStep[] {
  const failing = steps.find(({ state }) => state === 'now') ?? steps.find(({ state }) => state !== 'done')
  if (!failing) return steps
  return replace(steps, failing.name, (step) => ({
    ...step,
    state: 'failed',
    detail,
    tookMs: tookMs(step, at),
  }))
}

const tookMs = ({ startedAt }: ActivationStep, at: Date): number | null =>
  startedAt === null ? null : Math.max(0, at.getTime() - Date.parse(startedAt))

const replace = (
  steps: ActivationStep[],
  name: StepName,
  change: (step: ActivationStep) => ActivationStep,
): ActivationStep[] => steps.map((step) => (step.name === name ? change(step) : step))
