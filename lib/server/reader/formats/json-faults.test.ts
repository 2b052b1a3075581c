import { describe, expect, it } from 'vitest'
import { KEEP, type Params, readJson, shown } from '#lib/server/testing/read-json'

describe('what is broken', () => {
  it.each<[string, string, Params, unknown[], string]>([
    [
      'a comma too much',
      '{"a":1,}\n{"a":2}',
      {},
      ['!{"a":1,}', { a: '2' }],
      'line 1, character 8: a name in quotes was expected, not "}".',
    ],
    [
      'a brace too few',
      '{"a":1\n{"a":2}',
      {},
      ['!{"a":1', { a: '2' }],
      'line 2, character 1: "," or "}" was expected, not "{".',
    ],
    [
      'a quote too few',
      '{"a":"x\n{"a":2}',
      {},
      ['!{"a":"x', { a: '2' }],
      'line 1, character 8: a string does not end on its line.',
    ],
    [
      'words',
      'Starting up\n{"a":2}',
      {},
      ['!Starting up', { a: '2' }],
      'line 1, character 1: a value was expected, not "S".',
    ],
    [
      'a day that begins like a number',
      '2026-11-22 x\n{"a":2}',
      {},
      ['!2026-11-22 x', { a: '2' }],
      'line 1, character 5: the end of the line was expected, not "-".',
    ],
    [
      'a cut record at the end',
      '{"a":1}\n{"a":',
      {},
      [{ a: '1' }, '!{"a":'],
      'line 2, character 6: the file ends in the middle of it.',
    ],
    [
      'a cut number',
      '{"a":1}\n-',
      {},
      [{ a: '1' }, '!-'],
      'line 2, character 2: the file ends in the middle of it.',
    ],
    [
      'a pretty one, parts of which are not taken for records',
      '{\n  "a": {\n    "b" 1\n  },\n  "c": [\n    {}\n  ]\n}\n{\n  "a": 2\n}',
      {},
      ['!{\n  "a": {\n    "b" 1\n  },\n  "c": [\n    {}\n  ]\n}', { a: '2' }],
      'line 3, character 9: ":" was expected, not "1".',
    ],
    [
      'one of an array',
      '[\n  {"a":1},\n  {"a":},\n  {"a":3}\n]',
      {},
      [{ a: '1' }, '!{"a":}', { a: '3' }],
      'line 3, character 8: a value was expected, not "}".',
    ],
    [
      'the last of an array',
      '[\n{"a":1},\n{"a":}\n]\n',
      {},
      [{ a: '1' }, '!{"a":}'],
      'line 3, character 6: a value was expected, not "}".',
    ],
    [
      'a missing comma',
      '[{"a":1}{"a":2}]',
      {},
      [{ a: '1' }, { a: '2' }],
      'line 1, character 9: "," or "]" was expected, not "{".',
    ],
    [
      'a comma before the end',
      '[{"a":1},]',
      {},
      [{ a: '1' }],
      'line 1, character 10: a value was expected, not "]".',
    ],
    [
      'an array without its end',
      '[{"a":1}',
      {},
      [{ a: '1' }],
      'line 1, character 9: the file ends before all of it is closed.',
    ],
    [
      'what is outside of the root path',
      '{"x":nope,"R":[{"a":1}]}\n{"R":[{"a":2}]}',
      { rootPath: 'R' },
      [{ a: '1' }, { a: '2' }],
      'line 1, character 7: the word null was expected, not "o".',
    ],
    [
      'a stack of calls',
      'Failed\n\tat a\n\tat b\n{"a":2}',
      {},
      ['!Failed\n\tat a\n\tat b', { a: '2' }],
      'line 1, character 1: a value was expected, not "F".',
    ],
    [
      'one of many on a line',
      '{"R":[{"a":1},{"a":},{"a":3},{"a":4}]}\n{"R":[{"a":5}]}',
      { rootPath: 'R' },
      [{ a: '1' }, '!{"a":}', ...['3', '4', '5'].map((a) => ({ a }))],
      'line 1, character 20: a value was expected, not "}".',
    ],
    [
      'one behind another on a line',
      '{"a":1} {"a":"}]",} {"a":3}',
      {},
      [{ a: '1' }, '!{"a":"}]",}', { a: '3' }],
      'line 1, character 19: a name in quotes was expected, not "}".',
    ],
    [
      'one whose brackets are not closed, in a document that ends with its line',
      '{"R":[{"a":1},{"a":[2}\n{"R":[{"a":3}]}\n{"R":[{"a":4}]}',
      { rootPath: 'R' },
      [{ a: '1' }, '!{"a":[2}', { a: '3' }, { a: '4' }],
      'line 1, character 22: "," or "]" was expected, not "}".',
    ],
    [
      'a cut one, behind which others were read as a part of it',
      '{"a":1}\n{"a":\n{"a":3}\n{"a":4}',
      {},
      [{ a: '1' }, '!{"a":', { a: '3' }, { a: '4' }],
      'line 4, character 1: "," or "}" was expected, not "{".',
    ],
    [
      'a cut one before the last',
      '{"a":1}\n{"a":[\n{"a":3}\n',
      {},
      [{ a: '1' }, '!{"a":[', { a: '3' }],
      'line 4, character 1: the file ends in the middle of it.',
    ],
    [
      'a pretty one without indents, parts of which are not taken for records',
      '{\n"a": [\n{"b": 1},\n{"b": 2}\n],\n"c": oops\n}\n{"a": 2}',
      {},
      ['!{\n"a": [\n{"b": 1},\n{"b": 2}\n],\n"c": oops\n}', { a: '2' }],
      'line 6, character 6: a value was expected, not "o".',
    ],
    [
      'a cut list in an array on lines, behind which others were read as a part of it',
      '[\n{"a":1},\n{"b":[1,\n{"a":3},\n{"a":4}\n]\n',
      {},
      [{ a: '1' }, '!{"b":[1,', { a: '3' }, { a: '4' }],
      'Record 2 is not valid JSON: line 4, character 1: the record is cut, as another one begins here.',
    ],
    [
      'a cut first one in an array on lines, by the name that the others begin with',
      '[{"a":[1,\n{"a":2},\n{"a":3}]',
      {},
      ['!{"a":[1,', { a: '2' }, { a: '3' }],
      'Record 1 is not valid JSON: line 2, character 1: the record is cut, as another one begins here.',
    ],
    [
      'one over lines among ones on a line, whose list is whole',
      '[\n{"a":1},\n{"i":[\n{"x":1},\n{"x":2}\n],"c":oops},\n{"a":2}\n]',
      {},
      [{ a: '1' }, '!{"i":[\n{"x":1},\n{"x":2}\n],"c":oops}', { a: '2' }],
      'line 6, character 7: a value was expected, not "o".',
    ],
    [
      'a lone return',
      '{"a":1,}\r{"a":2}',
      {},
      ['!{"a":1,}', { a: '2' }],
      'line 1, character 8: a name in quotes was expected, not "}".',
    ],
  ])('is kept and told: %s', async (_, input, params, records, message) => {
    for (const size of [1, 2, 5, 1_000]) {
      const outcome = await readJson(input, params, KEEP, [size])
      expect(shown(outcome)).toEqual(records)
      expect(outcome.problems).toHaveLength(1)
      expect(outcome.problems[0]?.reason).toBe('invalid-json')
      expect(outcome.problems[0]?.message).toContain(message)
    }
  })

  it('ends the reading unless it is kept, behind all that stands before it', async () => {
    for (const size of [1, 1_000]) {
      const outcome = await readJson('{"a":1}\n{"é":2}\n{"a" 3}\n{"a":4}', {}, {}, [size])
      expect(shown(outcome)).toEqual([{ a: '1' }, { é: '2' }])
      expect(outcome.failure).toContain('Record 3 is not valid JSON: line 3, character 6')
    }
  })

  it('is told with its place in bytes and what stands there', async () => {
    const [problem] = (await readJson(`\ufeff{"é":1}\n{"x":"${'y'.repeat(200)}",}`, {}, KEEP, [10])).problems
    expect(problem).toMatchObject({ record: 2, offset: 3 + 9 + 207 + 1 })
    expect(problem?.excerpt).toBe(`${'y'.repeat(97)}",}`)
  })

  it('is told with its place in bytes at the end of what was read once more', async () => {
    const text = '[\n{"é":1},\n{"a":[1,\n{"b":[2,\n'
    for (const size of [1, 1_000]) {
      const { problems } = await readJson(text, {}, KEEP, [size])
      expect(problems.map(({ record, offset }) => [record, offset])).toEqual([
        [2, Buffer.byteLength(text) - '{"b":[2,\n'.length],
        [3, Buffer.byteLength(text)],
      ])
    }
  })

  it('has a depth of more than 500, which is no fault', async () => {
    const nested = (depth: number) => `{"a":${'['.repeat(depth - 1)}"]"${']'.repeat(depth - 1)}}`
    for (const size of [7, 10_000]) {
      const outcome = await readJson(`${[499, 500, 501].map(nested).join('\n')}\n{"a":1}`, {}, {}, [size])
      expect(outcome.records.map(({ unparsed }) => unparsed !== undefined)).toEqual([
        false,
        false,
        true,
        false,
      ])
      expect(outcome.problems).toMatchObject([{ reason: 'too-deep', record: 3 }])
      expect(outcome.unparsed).toBe(1)
    }
  })

  it('is too large above 8 MiB, and what follows is read', async () => {
    const most = 8 * 1024 * 1024
    const long = (chars: number) => `{"a":"${'x'.repeat(chars - 8)}"}`
    const accented = long(most - 1).replace('xx', 'xé')
    for (const size of [100_000, 100_000_000]) {
      const input = `${[accented, long(most), long(most + 1)].join('\n')}\n{"a":1}\n{"b":"${'y'.repeat(most)}\n{"a":2}`
      const outcome = await readJson(input, {}, KEEP, [size])
      expect(outcome.records.map(({ chars, cells }) => chars ?? cells[0]?.length)).toEqual([
        most - 9,
        most - 8,
        most + 1,
        1,
        most + 7,
        1,
      ])
      expect(outcome.records[2]).toMatchObject({ text: long(most).slice(0, 64 * 1024), cells: [undefined] })
      // In bytes, of which the é of the first record has two.
      const offset = Buffer.byteLength(`${accented}\n${long(most)}\n`)
      expect(outcome.problems).toMatchObject([
        { reason: 'record-too-large', record: 3, offset, excerpt: long(most).slice(0, 100) },
        { reason: 'invalid-json', record: 5 },
        { reason: 'record-too-large', record: 5 },
      ])
    }
  })

  it.each([
    ['a short one', 10],
    ['one as long', 8 * 1024 * 1024],
  ])('costs no record behind it where it was cut and is too large: %s', async (_, chars) => {
    const cut = `{"a":"${'x'.repeat(8 * 1024 * 1024)}","b":[`
    const long = `{"l":"${'y'.repeat(chars)}"}`
    const input = ['{"a":1}', cut, long, '{"a":2}'].join('\n')
    const { records, problems } = await readJson(input, {}, KEEP, [1_000_003])
    const told = problems.map(({ reason, record }) => [reason, record])
    expect(records.map(({ text }) => text.slice(0, 7))).toEqual([
      '{"a":1}',
      cut.slice(0, 7),
      long.slice(0, 7),
      '{"a":2}',
    ])
    expect(records.map(({ unparsed }) => unparsed)).toEqual([
      undefined,
      'It is not valid JSON',
      chars > 10 ? 'It is too large to parse' : undefined,
      undefined,
    ])
    expect(told).toEqual([
      ['invalid-json', 2],
      ['record-too-large', 2],
      ...(chars > 10 ? [['record-too-large', 3]] : []),
    ])
  })
})
