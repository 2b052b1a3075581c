import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import {
  foldersTowardsAllowed,
  parseFolderPath,
  pathOfKey,
  prefixesOpenBelow,
  resolveFolder,
  resolvePath,
} from './paths'

const scope = { root: 's1/', allowedPrefixes: ['/audit-logs/'] }
const open = { root: '', allowedPrefixes: [] }

function reasonOf(path: string, within = scope): string | undefined {
  const resolved = resolvePath(within, path)
  return resolved.ok ? undefined : resolved.issues[0]?.reason
}

describe('resolvePath', () => {
  it.each([
    ['/audit-logs/a.gz', 's1/audit-logs/a.gz'],
    ['/audit-logs//a b+%2e%2e/ü\u202Ex\u2028.gz', 's1/audit-logs//a b+%2e%2e/ü\u202Ex\u2028.gz'],
    ['/audit-logs/a\\b', 's1/audit-logs/a\\b'],
    ['/audit-logs/...', 's1/audit-logs/...'],
  ])('keeps %j exactly', (path, key) => {
    expect(resolvePath(scope, path)).toEqual({ ok: true, value: key })
  })

  it.each([
    'audit-logs/a',
    '',
    '/audit-logs/../x',
    '/..',
    '/audit-logs/./x',
    '/audit-logs\\..\\x',
    '/a/\\../b',
  ])('refuses %j as illegal', (path) => expect(reasonOf(path)).toBe('ERR_FSPROVIDER_ILLEGAL_PATH'))

  it.each(['\0', '\n', '\r', '\x7f', '\x85', '\ud800'])('refuses the character %j', (character) => {
    expect(reasonOf(`/audit-logs/a${character}b`)).toBe('ERR_FSPROVIDER_ILLEGAL_PATH')
  })

  it.each([
    '/',
    '/audit-logs',
    '/audit-logs-old/x',
    '/Audit-logs/x',
    '/apinode-audit-logs/x',
    '//audit-logs/x',
  ])('refuses %j as outside', (path) =>
    expect(reasonOf(path)).toBe('ERR_FSPROVIDER_FSLIKE_REACH_OUT_OF_ROOT'),
  )

  it('never leaves the allowed prefixes, whatever is typed', () => {
    const texts = fc.array(fc.constantFrom('/', '..', '.', '\\', 'audit-logs', '-old', 'ü', '%2e', '\n', 'x'))
    fc.assert(
      fc.property(texts, (parts) => {
        const resolved = resolvePath(scope, parts.join(''))
        if (!resolved.ok) return
        expect(resolved.value.startsWith('s1/audit-logs/')).toBe(true)
        expect(resolved.value.split('/')).not.toContain('..')
        expect(pathOfKey(scope, resolved.value)).toBe(parts.join(''))
      }),
      propertyRuns(),
    )
  })

  it('gives the path back for any key that can be opened', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const resolved = resolvePath(open, `/${text}`)
        if (resolved.ok) expect(pathOfKey(open, resolved.value)).toBe(`/${text}`)
      }),
    )
  })
})

describe('prefixesOpenBelow', () => {
  const several = { root: 's1/', allowedPrefixes: ['/b/', '/a/c/d/', '/a/c/', '/a/b/'] }

  it.each([
    ['/', ['/a/b/', '/a/c/', '/b/']],
    ['/a/', ['/a/b/', '/a/c/']],
    ['/a', ['/a/b/', '/a/c/']],
    ['/a/c/d/', ['/a/c/d/']],
    ['/a/c/2026-', ['/a/c/2026-']],
    ['/secret/', ['/secret/']],
  ])('gives of %j what is open', (path, prefixes) => {
    expect(prefixesOpenBelow(several, path)).toEqual(prefixes)
    expect(prefixesOpenBelow(open, path)).toEqual([path])
  })
})

describe('folders', () => {
  it('adds the last slash', () => {
    expect(resolveFolder(scope, '/audit-logs')).toEqual({ ok: true, value: 's1/audit-logs/' })
    expect(resolveFolder(open, '/')).toEqual({ ok: true, value: '' })
    expect(parseFolderPath('/logs')).toEqual({ ok: true, value: '/logs/' })
    expect(parseFolderPath('logs').ok).toBe(false)
  })

  it('leads towards what is allowed and hides the rest', () => {
    const deep = { root: '', allowedPrefixes: ['/a/b/', '/a/c/', '/d/'] }
    expect(foldersTowardsAllowed(deep, '/')).toEqual(['/a/', '/d/'])
    expect(foldersTowardsAllowed(deep, '/a')).toEqual(['/a/b/', '/a/c/'])
    expect(foldersTowardsAllowed(deep, '/a/b/')).toEqual([])
    expect(foldersTowardsAllowed(deep, '/x/')).toEqual([])
    expect(foldersTowardsAllowed(open, '/')).toEqual([])
  })
})
