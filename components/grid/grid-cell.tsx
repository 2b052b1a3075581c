import { type CellValue, showText } from './grid-model'

/** What a cell shows: null, the empty text and absence each look their own. */
export function CellContent({ value }: { value: CellValue }) {
  if (value === null) return <Nil sign="∅" word="null" />
  if (value === undefined) return <Nil sign="–" word="absent" />
  if (value === '') return <Nil sign={'""'} word="empty" />
  const runs = showText(value)
  if (runs.length === 1 && runs[0]?.kind === 'text') return runs[0].text
  return runs.map((run, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: runs are places in a text
    <span key={index} className={run.kind === 'text' ? undefined : run.kind}>
      {run.text}
    </span>
  ))
}

function Nil({ sign, word }: { sign: string; word: string }) {
  return (
    <span className="nil" title={word}>
      <span aria-hidden="true">{sign}</span>
      <span className="sr">{word}</span>
    </span>
  )
}
