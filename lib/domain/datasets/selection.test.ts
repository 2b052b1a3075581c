import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALL_FILES, type FilesSelectionRules, type SelectionRule } from './definition'
import { compileSelection } from './selection'

const file = (path: string, fields: { sizeBytes?: number; storageClass?: string } = {}) => ({
  path,
  sizeBytes: 10,
  storageClass: 'STANDARD',
  ...fields,
})

function exclusion(rules: Partial<FilesSelectionRules>, object: ReturnType<typeof file>) {
  const compiled = compileSelection({ ...ALL_FILES, ...rules })
  if (!compiled.ok) throw new Error(compiled.issues[0]?.message)
  return compiled.value.exclusionOf(object)
}

const glob = (expr: string, matchingMode: 'FILENAME' | 'FULL_PATH' = 'FILENAME') => ({
  mode: 'GLOB' as const,
  matchingMode,
  expr,
})

const many = (mode: SelectionRule['mode'], expr: string): SelectionRule[] =>
  Array.from({ length: 100 }, () => ({ mode, matchingMode: 'FULL_PATH', expr }))

describe('selection rules', () => {
  it.each([
    ['*.gz', '/design/2026/a.gz', null],
    ['*.gz', '/design/2026/a.log', 'rule'],
    ['batch-??.log', '/x/batch-01.log', null],
    ['batch-[0-4]*.log', '/x/batch-51.log', 'rule'],
    ['batch-[!0-4]*.log', '/x/batch-51.log', null],
    ['a+b (1).log', '/x/a+b (1).log', null],
  ])('%s against %s is %s', (expr, path, expected) => {
    expect(exclusion({ mode: 'RULES_INCLUDED_ONLY', includeRules: [glob(expr)] }, file(path))).toBe(expected)
  })

  it('lets ** cross folders and * stay within one', () => {
    const include = (expr: string) => ({
      mode: 'RULES_INCLUDED_ONLY' as const,
      includeRules: [glob(expr, 'FULL_PATH')],
    })
    expect(exclusion(include('design/**/*.gz'), file('/design/2026/11/a.gz'))).toBe(null)
    expect(exclusion(include('design/*.gz'), file('/design/2026/11/a.gz'))).toBe('rule')
  })

  it('tells folder markers and archived objects apart from files', () => {
    expect(exclusion({}, file('/design/', { sizeBytes: 0 }))).toBe('folderMarker')
    expect(exclusion({}, file('/a.gz', { storageClass: 'DEEP_ARCHIVE' }))).toBe('archived')
    expect(exclusion({}, file('/a.gz', { storageClass: 'GLACIER_IR' }))).toBe(null)
  })

  it('refuses a back-reference with the place of the rule', () => {
    const rules = {
      ...ALL_FILES,
      excludeRules: [{ mode: 'REGEXP' as const, matchingMode: 'FILENAME' as const, expr: '(a)\\1' }],
    }
    expect(compileSelection(rules)).toMatchObject({
      ok: false,
      issues: [{ reason: 'invalid-rule', path: ['excludeRules', 0, 'expr'] }],
    })
  })

  it('says of a glob what may be wrong with a glob', () => {
    const refused = compileSelection({
      ...ALL_FILES,
      mode: 'RULES_ALL_BUT_EXCLUDED',
      excludeRules: [{ mode: 'GLOB', matchingMode: 'FILENAME', expr: '[z-a].csv' }],
    })
    expect(refused.ok ? [] : refused.issues.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^"\[z-a\]\.csv" is not a glob that can be used\. Look for a range/),
    ])
  })

  it.each<[string, SelectionRule[]]>([
    ['expressions', many('REGEXP', `(\\p{L}{900}|[a-z]{1000})`.repeat(60))],
    ['globs', many('GLOB', '**/*'.repeat(490))],
    ['counts of groups', many('REGEXP', `(${'a'.repeat(1_900)}){1000}`)],
  ])('refuses %s that are too large together, without making them', (_what, rules) => {
    const since = process.cpuUsage()
    expect(compileSelection({ ...ALL_FILES, includeRules: rules, excludeRules: rules })).toMatchObject({
      ok: false,
      issues: [{ reason: 'rules-too-large' }],
    })
    expect(process.cpuUsage(since).user / 1000).toBeLessThan(1_000)
  })

  it('takes as many rules as there may be, as people write them', () => {
    const rules = many('GLOB', 'instance-??/[0-9]*/**/audit-*.log.gz')
    expect(compileSelection({ ...ALL_FILES, includeRules: rules, excludeRules: rules }).ok).toBe(true)
  })

  it('takes any glob without throwing, and a glob of plain characters matches itself', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), (text) => {
        compileSelection({ ...ALL_FILES, includeRules: [glob(text)] })
        const plain = text.replace(/[*?[\]/]/g, '')
        expect(
          exclusion({ mode: 'RULES_INCLUDED_ONLY', includeRules: [glob(plain)] }, file(`/x/${plain}`)),
        ).toBe(null)
      }),
    )
  })
})
