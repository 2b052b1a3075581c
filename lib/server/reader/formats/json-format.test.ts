import { describe, expect, it } from 'vitest'
import { type Params, readJson, shown } from '#lib/server/testing/read-json'

describe('where records stand', () => {
  it.each<[string, string, Params, unknown[]]>([
    ['nothing', '', {}, []],
    ['blanks only', ' \n\r\n\t', {}, []],
    ['one a line', '{"a":1}\n{"a":2}\n', {}, [{ a: '1' }, { a: '2' }]],
    ['no last line end, \\r\\n, empty lines', '{"a":1}\r\n\r\n{"a":2}', {}, [{ a: '1' }, { a: '2' }]],
    ['behind each other', '{"a":1}{"a":2} {"a":3}', {}, [{ a: '1' }, { a: '2' }, { a: '3' }]],
    ['pretty-printed', '{\n  "a": 1\n}\n{\n  "a": 2\n}\n', {}, [{ a: '1' }, { a: '2' }]],
    ['one array', '[{"a":1},\n {"a":2}]', {}, [{ a: '1' }, { a: '2' }]],
    ['an empty array', '[]', {}, []],
    ['several arrays', '[{"a":1}]\n[{"a":2}]', {}, [{ a: '1' }, { a: '2' }]],
    ['arrays in an array', '[[1],[2]]', {}, [{ value: '[1]' }, { value: '[2]' }]],
    ['an array that is a record', '{"a":1}\n[1, 2]\n', {}, [{ a: '1' }, { value: '[1, 2]' }]],
    [
      'scalars',
      '1\n"x"\nnull\ntrue',
      {},
      [{ value: '1' }, { value: 'x' }, { value: null }, { value: 'true' }],
    ],
    ['scalars in an array', '[1,"x",null]', {}, [{ value: '1' }, { value: 'x' }, { value: null }]],
    ['an empty object', '{}\n{"a":1}', {}, [{}, { a: '1' }]],
    ['a root path', '{"x":[{}],"R":[{"a":1},{"a":2}],"y":"]"}', { rootPath: 'R' }, [{ a: '1' }, { a: '2' }]],
    ['a root path of names', '{"a":{"b":[{"c":1}]},"b":[{"c":2}]}', { rootPath: 'a.b' }, [{ c: '1' }]],
    ['a dot in a name', '{"a.b":[{"c":1}],"a":{"b":[{"c":2}]}}', { rootPath: 'a\\.b' }, [{ c: '1' }]],
    ['a name with escapes', '{"\\u0052":[{"c":1}]}', { rootPath: 'R' }, [{ c: '1' }]],
    ['one object at the root path', '{"R":{"a":1}}', { rootPath: 'R' }, [{ a: '1' }]],
    ['null at the root path', '{"R":null}\n{"R":[{"a":1}]}', { rootPath: 'R' }, [{ a: '1' }]],
    [
      'documents in an array',
      '[{"R":[{"a":1}]},{"R":[{"a":2}]}]',
      { rootPath: 'R' },
      [{ a: '1' }, { a: '2' }],
    ],
    [
      'arrays on the way',
      '{"a":[{"b":[1]},{"b":[2]},[{"b":[3]}]]}',
      { rootPath: 'a.b' },
      [{ value: '1' }, { value: '2' }],
    ],
  ])('reads %s', async (_, input, params, records) => {
    for (const size of [1, 2, 3, 7, 1_000]) {
      const outcome = await readJson(input, params, {}, [size])
      expect(shown(outcome)).toEqual(records)
      expect(outcome).toMatchObject({ problems: [], unparsed: 0, failure: undefined })
    }
  })

  it('tells when nothing stands at the root path', async () => {
    const { records, problems } = await readJson('{"a":[{}]}', { rootPath: 'b' })
    expect(records).toEqual([])
    expect(problems).toMatchObject([
      { reason: 'no-root-path', fixes: [{ params: { rootPath: 'a' } }, { params: { rootPath: '' } }] },
    ])
  })
})

describe('columns', () => {
  it.each<[string, string, number, unknown]>([
    [
      'texts of numbers stay',
      '{"a":12345678901234567890,"b":1.10,"c":1e400,"d":-0}',
      1,
      { a: '12345678901234567890', b: '1.10', c: '1e400', d: '-0' },
    ],
    [
      'null, true and false',
      '{"a":null,"b":true,"c":false,"d":""}',
      1,
      { a: null, b: 'true', c: 'false', d: '' },
    ],
    ['escapes', '{"a":"\\u0041\\n\\"\\/\\ud83d\\ude42"}', 1, { a: 'A\n"/🙂' }],
    ['half a character pair', '{"a":"x\\ud83d","\\udc00":1}', 1, { a: 'x\ufffd', '\ufffd': '1' }],
    ['a level of objects', '{"a":{"b":{"c":[1, 2]}}}', 1, { 'a.b': '{"c":[1, 2]}' }],
    ['no level', '{"a":{"b": 1}}', 0, { a: '{"b": 1}' }],
    ['many levels', '{"a":{"b":{"c":[1, 2]}}}', 100, { 'a.b.c': '[1, 2]' }],
    ['empty objects', '{"a":{},"b":{"c":{}}}', 5, { a: '{}', 'b.c': '{}' }],
    [
      'dots and backslashes in names',
      '{"a.b":1,"a":{"b":2,"c.d":3},"e\\\\":4}',
      1,
      { 'a\\.b': '1', 'a.b': '2', 'a.c\\.d': '3', 'e\\\\': '4' },
    ],
    ['the last of two', '{"a":{"b":1},"c":1,"a":{"d":2},"c":[]}', 1, { 'a.d': '2', c: '[]' }],
    ['an object and something else', '{"a":{"b":1},"a":2}', 1, { a: '2' }],
    ['no name at all', '{"":1,"a":{"":2}}', 1, { '': '1', 'a.': '2' }],
  ])('%s', async (_, input, maxDepth, record) => {
    for (const size of [1, 1_000]) {
      const outcome = await readJson(`${input}\n${input}`, { maxDepth }, {}, [size])
      expect(shown(outcome)).toEqual([record, record])
      expect(outcome.records.map(({ text }) => text)).toEqual([input, input])
    }
  })

  it('stand in order of appearance, and tell what is missing from what is null', async () => {
    const { columns, records } = await readJson('{"a":1}\n{"b":null,"a":2}\n{"c":3}')
    expect(columns).toEqual(['a', 'b', 'c'])
    expect(records[1]?.cells).toEqual(['2', null])
    expect(records[2]?.cells).toEqual([undefined, undefined, '3'])
  })

  it('are harmless whatever they are called', async () => {
    const { columns, records } = await readJson(
      '{"__proto__":{"x":1},"constructor":2,"toString":3}\n'.repeat(2),
    )
    expect(columns).toEqual(['__proto__.x', 'constructor', 'toString'])
    expect(records[1]?.cells).toEqual(['1', '2', '3'])
    expect(({} as Record<string, unknown>).x).toBeUndefined()
  })

  it('tells once of a name that stands twice', async () => {
    const { problems } = await readJson('{"a":1,"a":2}\n{"a":1}\n{"b":{"x":1,"x":2}}')
    expect(problems).toMatchObject([{ reason: 'repeated-name', record: 1 }])
    expect(problems[0]?.message).toContain('"a"')
  })

  it('are 10,000 at most', async () => {
    const names = (count: number, first: number) =>
      `{${Array.from({ length: count }, (_, n) => `"n${first + n}":${n}`).join()}}`
    for (const [count, unparsed] of [
      [9_999, 0],
      [10_000, 0],
      [10_001, 1],
    ] as const) {
      const outcome = await readJson(`${names(10, 0)}\n${names(count - 10, 10)}\n{"n3":1}`, {}, {}, [100_000])
      expect(outcome.unparsed).toBe(unparsed)
      expect(outcome.columns).toHaveLength(unparsed === 0 ? count : 10)
      expect(outcome.records[1]?.unparsed).toBe(
        unparsed === 0 ? undefined : 'Its columns would be more than 10000',
      )
      expect(outcome.records[2]?.cells[3]).toBe('1')
      expect(outcome.problems).toMatchObject(
        unparsed === 0 ? [] : [{ reason: 'too-many-columns', record: 2 }],
      )
    }
  })
})
