import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect, test } from 'vitest'
import { tellSentBytes } from './sent-bytes.mjs'

const ON_SENT = Symbol.for('launchpad.on-sent')

/** Serves what `write` writes, and gives the text that a reader gets. */
async function read(write) {
  const server = createServer((request, response) => {
    tellSentBytes(response)
    write(response, request)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    return await (await fetch(`http://127.0.0.1:${server.address().port}`)).text()
  } finally {
    server.close()
  }
}

test('bytes are told when they are sent, and can be written to again', async () => {
  const room = Buffer.alloc(64 * 1024)
  const text = await read(async (response) => {
    for (const letter of 'abcdefgh') {
      room.fill(letter)
      await new Promise((resolve) => {
        response.write(Object.assign(room.subarray(), { [ON_SENT]: resolve }))
      })
    }
    response.end()
  })
  expect(text).toBe([...'abcdefgh'].map((letter) => letter.repeat(room.length)).join(''))
})

test('texts, and bytes that ask for nothing, are written as ever', async () => {
  let called = 0
  const text = await read((response) => {
    response.write('one ')
    response.write(Buffer.from('two '), () => called++)
    response.write('dHJlZQ==', 'base64', () => called++)
    response.end(' four')
  })
  expect(text).toBe('one two tree four')
  expect(called).toBe(2)
})

test('bytes of a reader who left are never told', async () => {
  let told = false
  const server = createServer((_request, response) => {
    tellSentBytes(response)
    response.destroy()
    response.write(Object.assign(Buffer.alloc(1024), { [ON_SENT]: () => (told = true) }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  await expect(fetch(`http://127.0.0.1:${server.address().port}`)).rejects.toThrow()
  server.close()
  expect(told).toBe(false)
})
