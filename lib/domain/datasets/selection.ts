import { RE2JS } from 're2js'
import { estimateProgramSize } from '../formats/expression-size'
import type { Exclusion } from '../partitioning/ledger'
import { fail, type Issue, ok, type Result } from '../result'
import type { FilesSelectionRules, SelectionRule } from './definition'

/** Storage classes whose objects cannot be read without a restore. */
const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE'])

/** Steps of all rules of a dataset: each character of a path takes at most as many. A glob has one or two for each of its own. */
const MAX_STATES = 10_000

export interface FileSelector {
  /** Null when the object belongs to the dataset. `path` begins with `/`, below the dataset's path. */
  exclusionOf(object: { path: string; sizeBytes: number; storageClass: string }): Exclusion | null
  /** Which rules of the mode in force name this path, by their place in their list; several may. */
  rulesNaming(path: string): number[]
}

/** The rules that the mode in force goes by; none where it takes all files or named ones. */
export function rulesInForce(rules: FilesSelectionRules): readonly SelectionRule[] {
  if (rules.mode === 'RULES_INCLUDED_ONLY') return rules.includeRules
  return rules.mode === 'RULES_ALL_BUT_EXCLUDED' ? rules.excludeRules : []
}

/**
 * Compiles selection rules. Globs: `*` within a name, `**` over folders, `?` one character, `[abc]` a set.
 * Regular expressions match the whole name or path, on a linear-time engine.
 */
export function compileSelection(rules: FilesSelectionRules): Result<FileSelector> {
  const compiler = new RuleCompiler()
  const include = rules.includeRules.map((rule, index) => compiler.compile(rule, ['includeRules', index]))
  const exclude = rules.excludeRules.map((rule, index) => compiler.compile(rule, ['excludeRules', index]))
  const { issues } = compiler
  const explicit = new Set(rules.explicitFiles.map(withSlash))
  if (issues.length > 0) return fail(...issues)
  const inForce =
    rules.mode === 'RULES_INCLUDED_ONLY' ? include : rules.mode === 'RULES_ALL_BUT_EXCLUDED' ? exclude : []
  return ok({
    exclusionOf({ path, sizeBytes, storageClass }) {
      if (path.endsWith('/') && sizeBytes === 0) return 'folderMarker'
      if (ARCHIVED.has(storageClass)) return 'archived'
      return isTaken(rules.mode, path, { include, exclude, explicit }) ? null : 'rule'
    },
    rulesNaming(path) {
      return inForce.flatMap((test, index) => (test(path) ? [index] : []))
    },
  })
}

type Test = (path: string) => boolean

function isTaken(
  mode: FilesSelectionRules['mode'],
  path: string,
  { include, exclude, explicit }: { include: Test[]; exclude: Test[]; explicit: Set<string> },
): boolean {
  if (mode === 'EXPLICIT_SELECT_FILES') return explicit.has(path)
  if (mode === 'RULES_INCLUDED_ONLY') return include.some((test) => test(path))
  if (mode === 'RULES_ALL_BUT_EXCLUDED') return !exclude.some((test) => test(path))
  return true
}

/** Compiles rules one by one, and none once they are too large together: making large ones takes seconds. */
class RuleCompiler {
  readonly issues: Issue[] = []
  private statesLeft = MAX_STATES

  compile(rule: SelectionRule, path: (string | number)[]): Test {
    if (this.statesLeft < 0) return NAMES_NOTHING
    // Full paths are compared without their first `/`; a glob that is written with it means the same.
    const glob = rule.matchingMode === 'FULL_PATH' ? rule.expr.replace(/^\//, '') : rule.expr
    const source = rule.mode === 'GLOB' ? globToExpression(glob) : rule.expr
    if (estimateProgramSize(source) > this.statesLeft) return this.refuseSize(path)
    const expression = compileExpression(source)
    if (expression === null) return this.refuse(rule, path)
    this.statesLeft -= expression.programSize()
    if (this.statesLeft < 0) return this.refuseSize(path)
    const subject = rule.matchingMode === 'FILENAME' ? fileNameOf : fullPathOf
    return (text) => expression.matches(subject(text))
  }

  private refuse({ mode, expr }: SelectionRule, path: (string | number)[]): Test {
    this.issues.push({
      reason: 'invalid-rule',
      message:
        mode === 'GLOB'
          ? `"${expr}" is not a glob that can be used. Look for a range in brackets whose first character comes after its last, as in [z-a].`
          : `"${expr}" is not a regular expression that can be used. Look for unclosed brackets, back-references and lookaround.`,
      path: [...path, 'expr'],
    })
    return NAMES_NOTHING
  }

  private refuseSize(path: (string | number)[]): Test {
    this.statesLeft = -1
    this.issues.push({
      reason: 'rules-too-large',
      message:
        'The rules are too large together: use fewer, shorter ones, and smaller counts in repetitions.',
      path: [...path, 'expr'],
    })
    return NAMES_NOTHING
  }
}

const NAMES_NOTHING: Test = () => false

function compileExpression(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source, RE2JS.DOTALL)
  } catch {
    return null
  }
}

const fileNameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
/** Full paths are compared without their first `/`, as people write them: `design/2026/*.gz`. */
const fullPathOf = (path: string) => path.replace(/^\//, '')
const withSlash = (path: string) => (path.startsWith('/') ? path : `/${path}`)

/** `*.log.gz` as a regular expression: `[^/]*\.log\.gz`. */
export function globToExpression(glob: string): string {
  let out = ''
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i] ?? ''
    if (char === '*' && glob[i + 1] === '*') {
      out += '.*'
      i++
    } else if (char === '*') out += '[^/]*'
    else if (char === '?') out += '[^/]'
    else if (char === '[' && glob.indexOf(']', i + 2) > 0) {
      const end = glob.indexOf(']', i + 2)
      out += setToExpression(glob.slice(i + 1, end))
      i = end
    } else out += char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  }
  return out
}

function setToExpression(set: string): string {
  const negated = set.startsWith('!') || set.startsWith('^')
  const body = (negated ? set.slice(1) : set).replace(/[\\[\]^&~]/g, '\\$&')
  return `[${negated ? '^/' : ''}${body}]`
}
