import fc from 'fast-check'

const MARKS = ['{', '}', '[', ']', ',', ':', '"', '"a"', '"b":1', '{"a":1}', '{"a":{"b":2}}\n', '{"R":[']
const WORDS = ['1', '-', '0', '.5', 'e', 'e3', '1e5', 'E+1', 'true', 'nul', 'null', 'false']
const ODD = ['\\', '\n', '\r\n', ' ', '\\u00', '\\u12', '\\n', '\\x', '\u0001', '\u007f', '\ufeff', 'é', '🙂']

/** Pieces of which JSON is made, whole and broken: what they are together may be JSON or nearly. */
export const jsonPiece = fc.constantFrom(...MARKS, ...WORDS, ...ODD)
