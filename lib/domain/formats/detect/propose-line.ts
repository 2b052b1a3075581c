import { formatCount } from '../../format'
import { describeAlmostJson } from './almost-json'
import { cutAt, findFixedWidth } from './fixed-width'
import { type Proposal, sayShare } from './proposal'
import type { JsonFinding } from './propose-json'
import { firstLines, type TextSample } from './text-sample'

/** How sure One record per line is when nothing speaks for it: anything that explains more wins. */
const FALLBACK = 0.45
/** Lines that one would read as they stand: a time, a level, words. */
const LOG_LINES = 0.75
const KNOWN = 0.9
/** No type cuts lines at places and takes the spaces away: separated values may be right after all. */
const FIXED_WIDTH = 0.6
/** Audit lines are kept whole, as the page about them says; their columns come by Expand JSON. */
const AUDIT = 0.985

/** Proposes one record per line, which any text can be read as. */
export function proposeLine(
  samples: readonly TextSample[],
  json: JsonFinding | undefined,
): Omit<Proposal, 'params'> {
  const lines = samples.flatMap(({ text }) => firstLines(text)).filter((line) => line.trim() !== '')
  return {
    label: 'One record per line',
    columns: ['line'],
    weakness: 'It keeps each line whole: the values in it get no columns of their own.',
    ...judge(lines, samples, json),
    ...(samples.every(isArrayOfArrays) ? { evidence: [ARRAYS] } : {}),
  }
}

/** JSON that is proposed with less is no way to read the files. */
const HARDLY = 0.3
const ANYTHING = 'Any text can be read line by line.'

const ARRAYS =
  'The text is a JSON array of arrays, whose values have no names: no type gives them columns. Store a list of objects, or CSV; until then it can be read line by line.'

const isArrayOfArrays = ({ text }: TextSample) => /^\s*\[\s*\[/.test(text)

function judge(
  lines: readonly string[],
  samples: readonly TextSample[],
  json: JsonFinding | undefined,
): Pick<Proposal, 'layout' | 'confidence' | 'evidence'> {
  if (json?.layout?.byLine === true) {
    const { name, told } = json.layout
    return {
      layout: name,
      confidence: AUDIT * (json.proposal.confidence / 0.98),
      evidence: [
        `The records have ${told}, as ${name} writes them.`,
        'The whole line stays as it was written, in the column line; Expand JSON on Format / Preview adds its values as columns.',
        'JSON would read it as well, and give columns at once.',
      ],
    }
  }
  const audited = lines.filter((line) => AUDITD.test(line)).length
  if (lines.length > 0 && audited >= lines.length * 0.8) {
    const begins = sayShare(audited, lines.length, 'line', 'begins', 'begin')
    return {
      layout: 'auditd',
      confidence: KNOWN * (audited / lines.length),
      evidence: [`${begins} with type=… msg=audit(…), as the Linux audit daemon writes.`],
    }
  }
  const logfmt = lines.filter(isLogfmt).length
  if (lines.length > 0 && logfmt >= lines.length * 0.8) {
    return {
      layout: 'logfmt',
      confidence: KNOWN * (logfmt / lines.length),
      evidence: [`${sayShare(logfmt, lines.length, 'line', 'holds', 'hold')} pairs of key=value.`],
    }
  }
  const dated = lines.filter(beginsLikeLog).length
  const requested = lines.filter(
    (line) => TIME.test(line.slice(0, 200)) && REQUEST.test(line.slice(0, 200)),
  ).length
  const continued = lines.filter((line) => CONTINUED.test(line)).length
  if (lines.length > 0 && dated >= 1 && dated + continued >= lines.length * 0.7) {
    const evidence = [
      `${sayShare(dated, lines.length, 'line', 'begins with a time and goes', 'begin with a time and go')} on in ${dated === requested ? 'what was asked for' : 'words'}.`,
    ]
    if (continued > 0)
      evidence.push(
        continued === 1
          ? '1 line goes on from the one before, as stack traces do: it is a record of its own.'
          : `${formatCount(continued)} lines go on from the one before, as stack traces do: each is a record of its own.`,
      )
    return { layout: null, confidence: LOG_LINES, evidence }
  }
  const starts = findFixedWidth(samples)
  if (starts !== undefined) {
    return {
      layout: 'text of fixed width',
      confidence: FIXED_WIDTH,
      evidence: [
        `Columns begin at the same ${formatCount(starts.length)} places in all lines: Regular expression cuts them by ${cutAt(starts)}, which keeps the spaces around values.`,
        ANYTHING,
      ],
    }
  }
  const almost = (json?.proposal.confidence ?? 0) < HARDLY ? describeAlmostJson(samples) : undefined
  return {
    layout: null,
    confidence: FALLBACK,
    evidence: almost === undefined ? [ANYTHING] : [almost, ANYTHING],
  }
}

/** `level=info msg="it is up" took=3ms`. */
function isLogfmt(line: string): boolean {
  const pairs = line.match(/(?:^|\s)[\w.@/-]+=(?:"(?:[^"\\]|\\.)*"|[^\s"]*)/g) ?? []
  const covered = pairs.reduce((sum, pair) => sum + pair.length, 0)
  return pairs.length >= 2 && covered >= line.trimEnd().length * 0.8
}

/** The time and number of an event, which may stand in several lines. */
const AUDITD = /^(?:node=\S+ )?type=[A-Z_0-9[\]]+ msg=audit\(\d+\.\d+:\d+\): /
/** What a proxy was asked, right behind the time. */
const REQUEST = /^\[?\S+\]? "[A-Z]{3,8} [^"]*"/
const LEVEL =
  /\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|FATAL|CRITICAL|SEVERE|LOG|STATEMENT|DETAIL|PANIC)\b/i
const TIME =
  /^\W{0,2}(?:\d{1,6}:\w )?(?:[A-Z][a-z]{2} )?(?:\d{4}[-/.]\d\d[-/.]\d\d|\d{1,2}[ /-][A-Z][a-z]{2}[ /-]\d{4}|[A-Z][a-z]{2} [ \d]\d)?[T ]?\d\d:\d\d(?::\d\d)?/
const CONTINUED = /^(?:\s+\S|Caused by: |Traceback |[\w.$]+(?:Exception|Error)\b)/

/** A time at the beginning, a level near it; a table of times has neither level nor words. */
function beginsLikeLog(line: string): boolean {
  const start = line.slice(0, 200)
  return TIME.test(start)
    ? LEVEL.test(start) || REQUEST.test(start) || /[a-z]{2,} [a-z]{2,} /i.test(start)
    : /^\[?[A-Z]{4,8}\]?[ :]/.test(start) && LEVEL.test(start)
}
