import { describe, expect, it } from 'vitest'
import { renameDimension } from './rename-dimension'
import type { PartitioningWire } from './wire'

type Dimension = PartitioningWire['dimensions'][number]

const value = (name: string): Dimension => ({ name, type: 'value' })

/** Names the dimension at `index` as if each of these stood in its field, one after the other. */
const type = (filePathPattern: string, names: string[], index: number, ...typed: string[]) =>
  typed.reduce((now, name) => renameDimension(now, index, name), {
    dimensions: names.map(value),
    filePathPattern,
  })

describe('renameDimension', () => {
  it('takes the specifier along, whatever the name is on the way', () => {
    const { dimensions, filePathPattern } = type(
      '/%{old}/%Y/.*',
      ['old'],
      0,
      'a',
      'a b',
      'a.b',
      'a/',
      'a',
      '',
      'b',
    )
    expect(dimensions).toEqual([value('b')])
    expect(filePathPattern).toBe('/%{b}/%Y/.*')
  })

  it('keeps each dimension at its part of the path where its name passes through that of another one', () => {
    const { dimensions, filePathPattern } = type('/%{a}/%{ab}/.*', ['a', 'ab'], 1, 'a', 'ac')
    expect(dimensions.map(({ name }) => name)).toEqual(['a', 'ac'])
    expect(filePathPattern).toBe('/%{a}/%{ac}/.*')
  })

  it('follows a field that was emptied before another name was written', () => {
    expect(type('/%{region}/%{kind}/.*', ['region', 'kind'], 0, '', 'z', 'zone').filePathPattern).toBe(
      '/%{zone}/%{kind}/.*',
    )
  })

  it('leaves a percent sign that is followed by the name in braces as it is', () => {
    expect(type('/%%{old}/%{old}/.*', ['old'], 0, 'new').filePathPattern).toBe('/%%{old}/%{new}/.*')
  })

  it('changes nothing in a pattern of which it is not known what is meant', () => {
    expect(type('/%{a}/%{b}/.*', ['', ''], 0, 'c').filePathPattern).toBe('/%{a}/%{b}/.*')
    expect(type('/%{other}/.*', ['dimension'], 0, 'kind').filePathPattern).toBe('/%{other}/.*')
    expect(type('', ['dimension'], 0, 'kind').filePathPattern).toBe('')
    expect(type('/%{a}/.*', ['a'], 3, 'kind').filePathPattern).toBe('/%{a}/.*')
  })

  it('has no specifier to take along for the time dimension', () => {
    const date: Dimension = { name: 'date', type: 'time', params: { period: 'YEAR' } }
    const renamed = renameDimension({ dimensions: [date], filePathPattern: '/%{date}/%Y/.*' }, 0, 'day')
    expect(renamed).toEqual({ dimensions: [{ ...date, name: 'day' }], filePathPattern: '/%{date}/%Y/.*' })
  })
})
