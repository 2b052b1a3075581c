const MAX_BLOCK_ENTRIES = 512

/**
 * Compares two well-formed strings by their UTF-8 bytes, which is the order of their code points:
 * `compareUtf8('\u{1F600}', '\uFF5E') > 0`, unlike `<`, which compares UTF-16 units.
 * @param {string} a
 * @param {string} b
 * @returns {number} negative, zero or positive
 */
export function compareUtf8(a, b) {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? codePointRank(x) - codePointRank(y) : x - y
  }
  return a.length - b.length
}

/** Surrogates stand for code points above U+FFFF, so they rank after U+E000…U+FFFF. @param {number} unit */
function codePointRank(unit) {
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800
}

/**
 * A map from key to value in UTF-8 order: sorted blocks of at most 512 entries under one sorted directory.
 * A seek costs two binary searches, so a listing page costs the same wherever it begins.
 * @template V
 */
export class OrderedIndex {
  /** @type {{ keys: string[], values: V[] }[]} */
  #blocks = []
  size = 0
  /** Keys compared or stepped over so far: the work done, for tests that must not measure time. */
  visits = 0

  /** @param {string} key @returns {V | undefined} */
  get(key) {
    const { block, at, found } = this.#find(key)
    return found ? this.#blocks[block]?.values[at] : undefined
  }

  /** @param {string} key @param {V} value @returns {V | undefined} the value it replaces */
  set(key, value) {
    if (this.#appendLast(key, value)) return undefined
    const { block, at, found } = this.#find(key)
    const target = this.#blocks[block]
    if (!target) return undefined
    if (found) {
      const previous = target.values[at]
      target.values[at] = value
      return previous
    }
    target.keys.splice(at, 0, key)
    target.values.splice(at, 0, value)
    this.size++
    if (target.keys.length > MAX_BLOCK_ENTRIES) this.#split(block, target)
    return undefined
  }

  /** @param {string} key @returns {V | undefined} the value removed */
  delete(key) {
    const { block, at, found } = this.#find(key)
    const target = this.#blocks[block]
    if (!found || !target) return undefined
    target.keys.splice(at, 1)
    const [removed] = target.values.splice(at, 1)
    if (target.keys.length === 0) this.#blocks.splice(block, 1)
    this.size--
    return removed
  }

  /**
   * A cursor on the first key for which `isBefore` is false; it must be true for a leading run of keys and false after.
   * The cursor is valid until the next change, so use it without awaiting.
   * @param {(key: string) => boolean} isBefore
   * @returns {Cursor<V>}
   */
  seek(isBefore) {
    const block = this.#firstBlock(isBefore)
    const keys = this.#blocks[block]?.keys ?? []
    return new Cursor(this, this.#blocks, block, this.#firstAt(keys, isBefore))
  }

  /** Keys that arrive in order, as a snapshot's do, fill each block before the next begins. @param {string} key @param {V} value */
  #appendLast(key, value) {
    const last = this.#blocks.at(-1)
    const lastKey = last?.keys.at(-1)
    if (last && lastKey !== undefined && compareUtf8(lastKey, key) >= 0) return false
    if (last && last.keys.length < MAX_BLOCK_ENTRIES) {
      last.keys.push(key)
      last.values.push(value)
    } else this.#blocks.push({ keys: [key], values: [value] })
    this.size++
    return true
  }

  /** @param {number} block @param {{ keys: string[], values: V[] }} target */
  #split(block, target) {
    const middle = target.keys.length >> 1
    const upper = { keys: target.keys.splice(middle), values: target.values.splice(middle) }
    this.#blocks.splice(block + 1, 0, upper)
  }

  /** @param {string} key */
  #find(key) {
    /** @param {string} candidate */
    const isBefore = (candidate) => compareUtf8(candidate, key) < 0
    const block = this.#firstBlock(isBefore)
    const keys = this.#blocks[block]?.keys ?? []
    const at = this.#firstAt(keys, isBefore)
    return { block, at, found: keys[at] === key }
  }

  /** The first block whose last key is not before. @param {(key: string) => boolean} isBefore */
  #firstBlock(isBefore) {
    let low = 0
    let high = this.#blocks.length
    while (low < high) {
      const middle = (low + high) >> 1
      this.visits++
      if (isBefore(this.#blocks[middle]?.keys.at(-1) ?? '')) low = middle + 1
      else high = middle
    }
    return low
  }

  /** @param {string[]} keys @param {(key: string) => boolean} isBefore */
  #firstAt(keys, isBefore) {
    let low = 0
    let high = keys.length
    while (low < high) {
      const middle = (low + high) >> 1
      this.visits++
      if (isBefore(keys[middle] ?? '')) low = middle + 1
      else high = middle
    }
    return low
  }
}

/**
 * A place in an `OrderedIndex`, stepping forward.
 * @template V
 */
export class Cursor {
  #index
  #blocks
  #block
  #at

  /**
   * @param {OrderedIndex<V>} index
   * @param {{ keys: string[], values: V[] }[]} blocks
   * @param {number} block
   * @param {number} at
   */
  constructor(index, blocks, block, at) {
    this.#index = index
    this.#blocks = blocks
    this.#block = block
    this.#at = at
  }

  /** The next entry, or undefined at the end. @returns {{ key: string, value: V } | undefined} */
  next() {
    const block = this.#blocks[this.#block]
    if (!block) return undefined
    const key = block.keys[this.#at]
    if (key === undefined) {
      this.#block++
      this.#at = 0
      return this.next()
    }
    this.#index.visits++
    const value = /** @type {V} */ (block.values[this.#at])
    this.#at++
    return { key, value }
  }
}
