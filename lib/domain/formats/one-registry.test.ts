import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { FORMAT_KINDS, formatSchema } from './catalogue'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const TYPES = FORMAT_KINDS.map(({ type }) => type).join('|')
/** A format's type as a value, or its own files as an import. */
const NAMED = new RegExp(
  [
    `\\b[tT]ype\\b\\W{0,3}\\s*(?:===?|!==?|:|=)\\s*'(?:${TYPES})'`,
    `formatType\\W{1,6}'(?:${TYPES})'`,
    `\\bformatKind\\('(?:${TYPES})'`,
    `(?:formats|'\\.{1,2})/(?:${TYPES})(?:-format)?'`,
  ].join('|'),
)

/** Files that may name a format, and why. */
const ALLOWED: Record<string, string> = {
  'lib/domain/formats/registry.ts': 'the registry',
  'lib/server/reader/formats.ts': 'readers of formats whose records are no lines',
  'lib/domain/datasets/definition.ts': 'what a new dataset begins with',
}
const isOwn = (file: string) =>
  FORMAT_KINDS.some(
    ({ type }) =>
      file === `lib/domain/formats/${type}.ts` || file === `lib/server/reader/formats/${type}-format.ts`,
  )

const isTest = (file: string) => /\.(?:test|arbitraries)\.|\/samples\/|^lib\/server\/testing\//.test(file)

function sources(): string[] {
  return ['app', 'components', 'lib'].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.includes('generated'))
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`),
  )
}

test('a format is named by itself and by the registries, and nowhere else', () => {
  const naming = sources().filter(
    (file) => !isTest(file) && !isOwn(file) && NAMED.test(readFileSync(path.join(ROOT, file), 'utf8')),
  )
  // An allowance that nobody needs is a hole as well.
  expect(naming.toSorted()).toEqual(Object.keys(ALLOWED).toSorted())
})

test.each(FORMAT_KINDS)(
  '$type is whole: its settings have fields, and what it carries and shows exists',
  (kind) => {
    expect(
      formatSchema.safeParse({ type: kind.type, params: {} }).error?.issues.map(({ path }) => path[1]),
    ).toEqual(kind.type === 'regexp' ? ['pattern'] : undefined)
    const named = kind.fields.flatMap((field) => (field.widget === 'note' ? [] : [field.name]))
    expect(named).toEqual(expect.arrayContaining(Object.keys(kind.firstParams)))
    const labels = kind.fields.flatMap((field) => (field.widget === 'note' ? [] : [field.label]))
    expect(new Set(labels).size).toBe(labels.length)
    expect(named).toEqual(expect.arrayContaining([...kind.carries]))
  },
)
