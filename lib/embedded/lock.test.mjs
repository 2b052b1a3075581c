import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LockedError, readLock, takeLock } from './lock.mjs'
import { identify, isRunning } from './processes.mjs'

let folder = ''
let file = ''

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'launchpad-lock-'))
  file = path.join(folder, 'lock')
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('is held until it is given back, and leaves no other file', () => {
  const unlock = takeLock(file)
  expect(readLock(file)).toEqual(identify(process.pid))
  expect(() => takeLock(file)).toThrow(LockedError)
  expect(readdirSync(folder)).toEqual(['lock'])
  unlock()
  takeLock(file)()
  expect(readdirSync(folder)).toEqual([])
})

test.each([
  ['a process that has ended', JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'x' })],
  ['an earlier process of the same number', JSON.stringify({ pid: process.pid, startedAt: 'earlier' })],
  ['nobody that can be read', '{'],
])('is taken over from %s', (_, text) => {
  writeFileSync(file, text)
  takeLock(file)()
  expect(readdirSync(folder)).toEqual([])
})

test('is taken over although a process was killed while it did so', () => {
  writeFileSync(file, '{')
  writeFileSync(`${file}.guard`, '')
  utimesSync(`${file}.guard`, 0, 0)
  takeLock(file)()
  expect(readdirSync(folder)).toEqual([])
})

test('a process is told from a later one of the same number', () => {
  const self = identify(process.pid)
  expect(self && isRunning(self)).toBe(true)
  expect(isRunning({ pid: process.pid, startedAt: 'earlier' })).toBe(false)
  expect(identify(0)).toBeNull()
  expect(identify(Number.NaN)).toBeNull()
})
