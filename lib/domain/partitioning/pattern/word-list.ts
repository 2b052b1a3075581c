import { WordEnds } from './word-ends'
import { WordTrie } from './word-trie'

/** Words to choose from: the first that lets the rest match is taken. */
export interface WordList {
  /** Characters of the shortest and of the longest word. */
  shortest: number
  longest: number
  forward: WordTrie
  /** The words from their ends on. */
  backward: WordEnds
}

/** Words in the order of their preference; one may be empty, and some may be the same. */
export function createWordList(texts: readonly string[]): WordList {
  const words = texts.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0))
  const lengths = words.map((word) => word.length)
  return {
    shortest: Math.min(...lengths),
    longest: Math.max(...lengths),
    forward: new WordTrie(words),
    backward: new WordEnds(
      words.map((word) => word.toReversed()),
      Math.max(...lengths),
    ),
  }
}
