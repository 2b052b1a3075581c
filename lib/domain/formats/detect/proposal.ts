import { formatCount } from '../../format'

/** One way to read the samples, before the ways are ranked. */
export interface Proposal<Params extends object = object> {
  /** All settings of the format that proposes it. */
  params: Params
  label: string
  layout: string | null
  /** 0 to 1. */
  confidence: number
  evidence: string[]
  columns: string[]
  /** Said of it when another way wins; null where nothing speaks against it but the other. */
  weakness: string | null
  /** The label of the way that `weakness` compares it with: said only where that one wins. */
  weakBeside?: string
  /** Kept only where no other format proposes anything but what reads any text. */
  isLastResort?: true
}

/** A proposal as its format makes it. */
export type FormatProposal<Type extends string, Params extends object> = Omit<Proposal<Params>, 'params'> & {
  format: { type: Type; params: Params }
}

/** Says of proposals which format makes them. */
export function proposalsOf<Type extends string, Params extends object>(
  type: Type,
  proposals: readonly Proposal<Params>[],
): FormatProposal<Type, Params>[] {
  return proposals.map(({ params, ...rest }) => ({ ...rest, format: { type, params } }))
}

/** `"All 12 lines"`, `"9 of 12 lines"`, `"The one line"`. */
export function shareOf(fitting: number, all: number, noun: string): string {
  if (fitting < all) return `${formatCount(fitting)} of ${formatCount(all)} ${noun}s`
  return all === 1 ? `The one ${noun}` : `All ${formatCount(all)} ${noun}s`
}

/** A share as the subject of a sentence: `"All 12 lines are …"`, `"1 of 12 lines is …"`, `"The one line is …"`. */
export function sayShare(fitting: number, all: number, noun: string, one: string, many: string): string {
  return `${shareOf(fitting, all, noun)} ${fitting === 1 ? one : many}`
}

/** The same where a share is less than what would speak for it: `"Only 3 of 12 lines are …"`. */
export const sayOnly = (fitting: number, all: number, noun: string, one: string, many: string): string =>
  `Only ${sayShare(fitting, all, noun, one, many)}`

/** The first names of a list, and how many there are besides. */
export function someOf(names: readonly string[], most = 6): string {
  const more = names.length - most
  const shown = names.slice(0, most).join(', ')
  return more > 0 ? `${shown} and ${more} more` : shown
}
