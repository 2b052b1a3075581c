import 'server-only'

const POLYNOMIAL = 0x04c11db7

const TABLE = Int32Array.from({ length: 256 }, (_, value) => {
  let crc = value << 24
  for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ POLYNOMIAL : crc << 1
  return crc
})

/** Goes on with the CRC of bzip2, which takes the highest bit first, unlike that of zlib; from -1, to be inverted at the end. */
export function crc32Msb(bytes: Uint8Array, crc: number): number {
  let value = crc
  for (let index = 0; index < bytes.length; index++) {
    value = (value << 8) ^ (TABLE[(value >>> 24) ^ (bytes[index] as number)] as number)
  }
  return value
}
