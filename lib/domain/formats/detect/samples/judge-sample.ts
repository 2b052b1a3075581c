import type { FormatCandidate } from '../../detection'
import { detectFormat } from '../detect-format'
import { cutToLines, type TextSample } from '../text-sample'
import type { DetectionSample } from './sample'

/** The files of a sample as detection is given them. */
export function toTextSamples({ files, name = '' }: DetectionSample): TextSample[] {
  return files.map((text, index) => ({
    path: `/${index}${name}`,
    looksLike: null,
    ...cutToLines(text, true),
  }))
}

/** What is wrong with the first candidate for a sample: `"separator ; instead of ,"`; empty when it is right. */
export function judgeSample(sample: DetectionSample): string[] {
  const [first] = detectFormat(toTextSamples(sample))
  if (first === undefined) return ['no candidate']
  const { expected } = sample
  const wrong = (Object.keys(expected) as (keyof typeof expected)[]).flatMap((key) => {
    const found = foundOf(first, key)
    return found === expected[key]
      ? []
      : [`${key} ${JSON.stringify(found)} instead of ${JSON.stringify(expected[key])}`]
  })
  return wrong
}

function foundOf({ format, layout }: FormatCandidate, key: keyof DetectionSample['expected']): unknown {
  if (key === 'type') return format.type
  if (key === 'layout') return layout
  const params: Record<string, unknown> = format.params
  return params[
    {
      separator: 'separator',
      style: 'style',
      header: 'parseHeaderRow',
      skipRows: 'skipRowsBeforeHeader',
      skipRowsAfter: 'skipRowsAfterHeader',
      rootPath: 'rootPath',
    }[key]
  ]
}
