import { parseExactJson, printExactJson } from '#lib/domain/exact-json'

/** For calls that carry definitions: what only other programs know of them goes through a page without a loss. */
export const exactJson = { parse: parseExactJson, print: (value: unknown) => printExactJson(value) }
