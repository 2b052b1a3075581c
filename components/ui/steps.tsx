import type { ReactNode } from 'react'
import { Icon } from './icon'

export type StepState = 'done' | 'now' | 'todo' | 'fail'

export interface Step {
  id: string
  title: string
  state: StepState
  detail?: ReactNode
  /** How long it took: `"0.4 s"`. */
  took?: string | undefined
  /** An error with its actions, under the step. */
  more?: ReactNode
}

const WORD: Record<StepState, string> = { done: 'done', now: 'running', todo: 'to do', fail: 'failed' }

function Dot({ state }: { state: StepState }) {
  return (
    <span className="dot">
      {state === 'done' && <Icon name="check" />}
      {state === 'now' && <Icon name="loader" />}
      {state === 'fail' && <Icon name="x" />}
    </span>
  )
}

/** A procedure of several steps and how far it is. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.id} className={step.state} aria-current={step.state === 'now' ? 'step' : undefined}>
          <Dot state={step.state} />
          <strong>
            {step.title}
            <span className="sr">, {WORD[step.state]}</span>
          </strong>
          <span className="took">{step.took}</span>
          {step.detail && <p>{step.detail}</p>}
          {step.more && <div className="more">{step.more}</div>}
        </li>
      ))}
    </ol>
  )
}
