import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandedColumns, expandLine } from '#lib/domain/formats/expand-json'
import { valueText } from '#lib/domain/formats/json-tree'
import { propertyRuns } from '#lib/domain/property-runs.arbitraries'
import { bytes, cut, lineFormat, NEVER, sizes } from '#lib/server/testing/read-bytes'
import { readRecords } from '../read-records'
import type { Cell } from '../records'

async function expand(input: string | Uint8Array, expandDepth = 2, chunking: number[] = []) {
  const source = { bytes: cut(typeof input === 'string' ? Buffer.from(input) : input, chunking), path: '/a' }
  const format = lineFormat({ expandJson: true, expandDepth, compress: 'none' })
  const reading = readRecords(source, format, {}, NEVER)
  const records: Cell[][] = []
  for await (const batch of reading) {
    for (let index = 0; index < batch.count; index++) {
      const cells = batch.cells(index)
      expect(cells[0]).toBe(batch.text(index))
      expect(batch.unparsed(index)).toBeUndefined()
      records.push(cells)
    }
  }
  const columns = reading.facts.columns.map(({ name }) => name)
  const problems = reading.facts.problems.map(({ reason, record }) => [reason, record])
  return { records, columns, problems, unparsed: reading.facts.unparsed }
}

const DELIVERED =
  '{"severity":"INFO","logger":"dku.audit.generic","topic":"generic","message":{"msgType":"dataset-save","authUser":"mira","eventId":9007199254740993,"after":{"a":{"b":1}},"timestamp":"x"},"mdc":{"apiCall":"PUT /x","user":"mira"},"callTime":9,"timestamp":"2026-02-19T15:05:02.441+0000"}'

describe('Expand JSON', () => {
  it('keeps the line and adds its columns; both envelopes give the same ones', async () => {
    const wrapped = `{"clientEvent":${DELIVERED},"origAddress":"10.0.0.1","serverTimestamp":1771513502441}`
    for (const size of [1, 7, 1_000]) {
      const { records, columns } = await expand(`${DELIVERED}\n${wrapped}\n`, 2, [size])
      expect(columns).toEqual([
        ...[
          'line',
          'severity',
          'logger',
          'topic',
          'msgType',
          'authUser',
          'eventId',
          'after.a',
          'message.timestamp',
        ],
        ...['mdc.apiCall', 'mdc.user', 'callTime', 'timestamp', 'origAddress', 'serverTimestamp'],
      ])
      const values = [
        ...[
          'INFO',
          'dku.audit.generic',
          'generic',
          'dataset-save',
          'mira',
          '9007199254740993',
          '{"b":1}',
          'x',
        ],
        ...['PUT /x', 'mira', '9', '2026-02-19T15:05:02.441+0000'],
      ]
      expect(records).toEqual([
        [DELIVERED, ...values],
        [wrapped, ...values, '10.0.0.1', '1771513502441'],
      ])
    }
  })

  it.each<[string, number, string[]]>([
    ['{"a":{"b":{"c":1}}}', 1, ['line', 'a']],
    ['{"a":{"b":{"c":1}}}', 2, ['line', 'a.b']],
    ['{"a":{"b":{"c":1}}}', 20, ['line', 'a.b.c']],
    ['{"line":1,"line.line":2}', 2, ['line', 'line.line', 'line\\.line']],
    ['{"line":{"line":1}}', 2, ['line', 'line.line.line']],
    ['{"message":{"text":"not an audit event"},"level":"info"}', 2, ['line', 'message.text', 'level']],
    ['{"message":"x","topic":"y"}', 2, ['line', 'message', 'topic']],
    [
      '{"clientEvent":{"msgType":"a","topic":"b","line":1},"origAddress":"c"}',
      2,
      ['line', 'msgType', 'topic', 'message.line', 'origAddress'],
    ],
    [
      '{"message":{"msgType":"a","line":1,"message":"m","envelope":2,"mdc":3},"more":4,"msgType":5}',
      2,
      [
        'line',
        'msgType',
        'message.line',
        'message.message',
        'message.envelope',
        'message.mdc',
        'envelope.more',
        'envelope.msgType',
      ],
    ],
    [
      '{"clientEvent":{"message":{"msgType":"a"},"x":1},"x":2,"topic":3}',
      2,
      ['line', 'msgType', 'envelope.x', 'eventServer.x', 'eventServer.topic'],
    ],
    ['{"message":{"msgType":{"a":{"b":1}},"__proto__":1}}', 1, ['line', 'msgType', '__proto__']],
  ])('names the columns of %s at depth %i', async (line, depth, columns) => {
    expect((await expand(line, depth)).columns).toEqual(columns)
    expect(expandedColumns([line, 'no JSON'], depth)).toEqual(columns)
  })

  it('leaves other lines as they are, and counts them', async () => {
    const lines = ['{"a":1}', 'plain', '', '[1]', '{"a":2} x', '{"a":', ' {"a":null,"b":"2"} ']
    const { records, problems, unparsed } = await expand(lines.join('\n'))
    expect(records).toEqual([
      [lines[0], '1'],
      ...lines.slice(1, -1).map((line) => [line, undefined]),
      [lines.at(-1), null, '2'],
    ])
    expect(problems).toEqual([2, 4, 5, 6].map((record) => ['no-json-object', record]))
    expect(unparsed).toBe(0)
  })

  it('does not expand a line that is too large to be held', async () => {
    const most = 8 * 1024 * 1024
    for (const [chars, columns] of [
      [most, ['line', 'a']],
      [most + 1, ['line']],
    ] as const) {
      const outcome = await expand(`{"a":"${'x'.repeat(chars - 8)}"}\n`, 2, [65_536])
      expect(outcome.columns).toEqual(columns)
      expect(outcome.problems).toEqual(chars > most ? [['record-too-large', 1]] : [])
    }
  })

  it('gives the same records in any chunking, whatever the bytes', async () => {
    const line = fc.constantFrom(
      '{"a":1}',
      '{"a":{"b":[1]}}',
      '{"é":"🙂"}',
      '{"message":{"msgType":1}}',
      '{"a":',
      '\r',
      '\n',
    )
    const parts = fc.array(
      fc.oneof(
        line.map((text) => Buffer.from(text)),
        bytes,
      ),
      { maxLength: 6 },
    )
    await fc.assert(
      fc.asyncProperty(parts, sizes, async (buffers, chunking) => {
        const input = Buffer.concat(buffers)
        expect(byReason(await expand(input, 2, chunking))).toEqual(byReason(await expand(input)))
      }),
      propertyRuns(1_000),
    )
  })

  it('takes lines apart alike whatever came before them', async () => {
    const name = fc.constantFrom(
      'message',
      'clientEvent',
      'msgType',
      'topic',
      'line',
      'a',
      'mdc',
      'origAddress',
    )
    const leaf = fc.constantFrom('1', '"x"', '{}', '[{}]', 'null', '{"a":1}', '"\\u0041"')
    const { object } = fc.letrec<{ value: string; object: string }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, tie('object')),
      object: fc
        .array(fc.tuple(name, tie('value')), { maxLength: 4 })
        .map((members) => `{${members.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
    }))
    const few = fc.uniqueArray(object, { minLength: 1, maxLength: 4 })
    const picks = fc.array(fc.nat(3), { minLength: 5, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(few, picks, fc.integer({ min: 1, max: 3 }), async (objects, order, depth) => {
        const lines = order.map((pick) => objects[pick % objects.length] ?? '')
        const { records, columns } = await expand(lines.join('\n'), depth)
        expect(columns).toEqual(expandedColumns(lines, depth))
        for (const [index, line] of lines.entries()) {
          const cells = new Map(expandLine(line, depth)?.values.map(({ column, node }) => [column, node]))
          expect(records[index]?.slice(1)).toEqual(
            columns.slice(1, records[index]?.length).map((column) => {
              const node = cells.get(column)
              return node === undefined ? undefined : valueText(line, node.start, node.end)
            }),
          )
        }
      }),
      propertyRuns(2_000),
    )
  })
})

/** Notes of the charset come with the piece that holds the bytes, before or behind those of its records. */
const byReason = <Outcome extends { problems: unknown[][] }>(outcome: Outcome) => ({
  ...outcome,
  problems: Map.groupBy(outcome.problems, ([reason]) => reason),
})
