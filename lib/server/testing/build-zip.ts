import 'server-only'
import { crc32, deflateRawSync } from 'node:zlib'

/** An entry to write; what is told here wins over the truth. */
export interface BuiltEntry {
  name: string
  data: Uint8Array
  /** 8 unless told. */
  method?: number
  flags?: number
  crc?: number
  sizeBytes?: number
  packedBytes?: number
  /** Where the directory says that it begins. */
  start?: number
  /** As it stands in the file, where it is packed already. */
  packed?: Uint8Array
}

/** Writes a zip archive, also one that lies. */
export function buildZip(entries: readonly BuiltEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const { method = 8, data } = entry
    const packed = entry.packed ?? (method === 8 ? deflateRawSync(data) : data)
    const name = Buffer.from(entry.name)
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE(entry.flags ?? 0x800, 2)
    facts.writeUInt16LE(method, 4)
    facts.writeUInt32LE(entry.crc ?? crc32(data), 10)
    facts.writeUInt32LE(entry.packedBytes ?? packed.length, 14)
    facts.writeUInt32LE(entry.sizeBytes ?? data.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(entry.start ?? at, 10)
    const local = [Buffer.from('PK\x03\x04'), facts, name, Buffer.from(packed)]
    directory.push(Buffer.from('PK\x01\x02\x14\0'), facts, tail, name)
    parts.push(...local)
    at += local.reduce((sum, part) => sum + part.length, 0)
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  const count = Math.min(entries.length, MOST_COUNTED)
  end.write('PK\x05\x06')
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(listed.length, 12)
  end.writeUInt32LE(at, 16)
  const longEnd = count < MOST_COUNTED ? [] : [zip64End(entries.length, listed.length, at)]
  return Buffer.concat([...parts, listed, ...longEnd, end])
}

/** More entries are counted by a record of their own. */
const MOST_COUNTED = 0xffff

function zip64End(entries: number, directoryBytes: number, directoryAt: number): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.write('PK\x06\x06')
  end.writeUInt32LE(44, 4)
  end.writeUInt32LE(entries, 24)
  end.writeUInt32LE(entries, 32)
  end.writeUInt32LE(directoryBytes, 40)
  end.writeUInt32LE(directoryAt, 48)
  end.write('PK\x06\x07', 56)
  end.writeUInt32LE(directoryAt + directoryBytes, 64)
  end.writeUInt32LE(1, 72)
  return end
}
