import type { SettingChange } from '#lib/domain/datasets/definition-diff'
import { diffDefinitions } from '#lib/domain/datasets/definition-diff'
import { fromDssDataset } from '#lib/domain/datasets/dss-json'
import type { Problem } from '#lib/domain/datasets/problem'
import { takenOver } from '#lib/domain/datasets/shared-settings'
import type { WizardState } from '#lib/domain/datasets/wizard'
import { problemsOf } from '#lib/domain/datasets/wizard-problems'
import { parseExactJson } from '#lib/domain/exact-json'
import { fail, ok, type Result } from '#lib/domain/result'

/** A dataset's JSON that was read: the wizard as it would be, what that changes, and what is wrong with it. */
export interface ReadImport {
  state: WizardState
  changes: SettingChange[]
  problems: Problem[]
}

/** Reads a dataset's JSON over the settings that stand; a dataset without a name keeps the one that is written. */
export function readImport(text: string, now: WizardState): Result<ReadImport> {
  const json = parseJson(text)
  if (json === undefined) {
    return fail({
      reason: 'not-json',
      message: 'This is not JSON. Paste the whole text, from its first { to its last }.',
    })
  }
  const read = fromDssDataset(json)
  if (!read.ok) return read
  const state = takenOver(read.value.name ?? now.name, read.value.definition)
  return ok({ state, changes: diffDefinitions(now, state), problems: problemsOf(state) })
}

/** Undefined where it is none. */
function parseJson(text: string): unknown {
  try {
    return parseExactJson(text)
  } catch {
    return undefined
  }
}
