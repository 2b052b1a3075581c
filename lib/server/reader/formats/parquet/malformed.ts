import 'server-only'

/** Bytes that are not what Parquet says they are; it becomes a `Failure` where object and offset are known. */
export class Malformed extends Error {
  override name = 'Malformed'
}

/** Something that may stand in a Parquet file and is not read. */
export class NotRead extends Error {
  override name = 'NotRead'
}
