import 'server-only'
import type { CompressionSetting } from '#lib/domain/formats/line'
import type { ByteQueue } from './byte-queue'
import type { ColumnFact, ReadFacts, RecordBatch } from './records'

/** What a format adds to reading: how unpacked bytes become records. */
export interface FormatReader<Settings> {
  columns(settings: Settings): ColumnFact[]
  compression(settings: Settings): CompressionSetting
  read(bytes: ByteQueue, settings: Settings, facts: ReadFacts): AsyncIterable<RecordBatch>
}
