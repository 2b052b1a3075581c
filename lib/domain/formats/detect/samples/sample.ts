import type { FormatSettings } from '../../catalogue'

/** Files of which it is known how they are to be read. */
export interface DetectionSample {
  /** What they are: several samples are of one kind. */
  kind: string
  /** The beginnings of the files. */
  files: string[]
  /** How the files are called, where that says something. */
  name?: string
  expected: {
    type: FormatSettings['type']
    /** Null where no layout is known by name. */
    layout?: string | null
    separator?: string
    style?: string
    header?: boolean
    skipRows?: number
    skipRowsAfter?: number
    rootPath?: string
  }
  /** No one setting reads all of its files rightly: the evidence says what is different in which. */
  differsByFile?: true
  /** A threshold or rule was chosen with this sample at hand. */
  usedToTune?: true
  /** A kind that was thought of apart from the rules, by others than wrote these. */
  isForeign?: true
}

/** Numbers that look random and are the same each time. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = (seed * 2654435761 + 1) >>> 0
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0
    return from + Math.floor((this.state / 2 ** 32) * (to - from + 1))
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.int(0, items.length - 1)] as Item
  }

  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.int(0, 15).toString(16)).join('')
  }

  ip(): string {
    return this.pick([
      `10.${this.int(0, 255)}.${this.int(0, 255)}.${this.int(1, 254)}`,
      `203.0.113.${this.int(1, 254)}`,
      `198.51.100.${this.int(1, 254)}`,
    ])
  }

  uuid(): string {
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-a${this.hex(3)}-${this.hex(12)}`
  }

  /** Epoch milliseconds within November 2026. */
  time(): number {
    return Date.UTC(
      2026,
      10,
      this.int(1, 28),
      this.int(0, 23),
      this.int(0, 59),
      this.int(0, 59),
      this.int(0, 999),
    )
  }

  iso(): string {
    return new Date(this.time()).toISOString()
  }
}

/** So many lines, each ended. */
export function lines(count: number, line: (number: number) => string, end = '\n'): string {
  return Array.from({ length: count }, (_, number) => line(number) + end).join('')
}

/** A number of two digits: `"07"`. */
export const two = (number: number) => String(number).padStart(2, '0')
export const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
export const USERS = ['mira', 'jonas', 'admin', 'svc-etl', 'ana.lopez', 'o.kim', 'analyst'] as const
export const PATHS = [
  '/',
  '/index.html',
  '/api/v1/items?id=12',
  '/login',
  '/assets/app.css',
  '/reports/2026/q3',
] as const
export const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36',
  'curl/8.5.0',
  'kube-probe/1.31',
  '-',
] as const

/** Marks a sample that a threshold or rule was chosen with. */
export const tuned = (sample: DetectionSample): DetectionSample => ({ ...sample, usedToTune: true })
