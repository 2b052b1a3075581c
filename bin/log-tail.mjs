import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const TAIL_BYTES = 16 * 1024

/**
 * The last thing that a process wrote to its log since `start`, as a sentence: the message of a JSON line, or the line itself.
 * @param {string} file
 * @param {number} start byte offset
 */
export function lastComplaint(file, start) {
  const lines = readTail(file, start)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
  const told = lines.map(messageOf).filter((line) => !/^at |^[})\]]/.test(line))
  return told.at(-1) ?? ''
}

/** @param {string} line */
function messageOf(line) {
  try {
    const { err, error, msg, message } = JSON.parse(line)
    return String(err?.message ?? error?.message ?? message ?? msg ?? line).split('\n')[0] ?? line
  } catch {
    return line
  }
}

/** @param {string} file @param {number} start */
function readTail(file, start) {
  const handle = openSync(file, 'r')
  try {
    const size = fstatSync(handle).size
    const from = Math.max(start, size - TAIL_BYTES)
    const buffer = Buffer.alloc(Math.max(0, size - from))
    readSync(handle, buffer, 0, buffer.length, from)
    return buffer.toString('utf8')
  } finally {
    closeSync(handle)
  }
}
