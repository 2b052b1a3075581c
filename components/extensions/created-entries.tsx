import type { KeyValueEntry } from '#components/ui/key-value'
import type { Extension } from '#lib/domain/extensions/wire'

/** What an extension adds, a line each: names as they are quoted, the rest in plain words. */
export const createdEntries = ({ creates }: Extension): KeyValueEntry[] =>
  creates.map(({ label, value, quoted, note }) => ({
    key: label,
    value: (
      <>
        <span className={quoted ? 'mono wrap-anywhere' : undefined}>{value}</span>
        {note && `, ${note}`}
      </>
    ),
  }))
