import { administratorsOnly, type Decision, refuse, type Subject } from '../access/subject'
import type { ExtensionFacts } from './catalogue'

export type Entitlement = 'customer' | 'trial'

/** Why an entitlement does not have an extension, in a sentence; null when it does. */
export function entitlementRefusal(facts: ExtensionFacts, entitlement: Entitlement): string | null {
  if (facts.entitlements.includes(entitlement)) return null
  return `${facts.title} is only available for customers. This space is a trial; the operator of this Launchpad can change that.`
}

/** Who may activate: administrators, where the entitlement has it. */
export function decideActivate(subject: Subject, facts: ExtensionFacts, entitlement: Entitlement): Decision {
  const byRight = administratorsOnly(subject)
  if (!byRight.allowed) return byRight
  if (entitlementRefusal(facts, entitlement) === null) return byRight
  return refuse(
    `the customer entitlement for ${facts.title}: this space is a trial, which its operator can change`,
  )
}
