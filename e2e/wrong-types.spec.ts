import { DEFAULT_TEXTS } from './support/fuzz-faults'
import { send, succeed } from './support/http'
import { setLakeScene } from './support/lake-scene'
import { pathsIn, WRONG_TYPES, withValueAt } from './support/odd-values'
import { expect, test } from './support/test'
import { wholeBodies } from './support/whole-bodies'

test.use({ start: { command: ['demo', '--empty'] } })

test('each key of whatever clients send whole, in each wrong type, breaks nothing for who reads it', async ({
  launchpad,
}) => {
  test.setTimeout(600_000)
  const { url } = launchpad
  const { logins, known } = await setLakeScene(launchpad)
  const bodies = await wholeBodies(url, { ...logins, ...known })
  for (const { operation, method, path, body, readers, as } of bodies) {
    await test.step(operation, async () => {
      const ask = (sent: unknown) => send(url, { method, path, body: sent, as })
      const faults: string[] = []
      let taken = 0
      for (const place of pathsIn(body)) {
        for (const value of WRONG_TYPES) {
          const { status, text } = await ask(withValueAt(body, place, value))
          const said = `${place.join('.')} = ${JSON.stringify(value).slice(0, 40)}: ${status} ${text.slice(0, 200)}`
          if (status >= 500 || DEFAULT_TEXTS.test(text)) faults.push(said)
          if (status >= 300) continue
          taken++
          for (const reader of readers) {
            const read = await send(url, { method: 'GET', path: reader, as })
            if (read.status !== 200)
              faults.push(`${said}, then ${reader}: ${read.status} ${read.text.slice(0, 200)}`)
          }
        }
      }
      expect(faults.slice(0, 20)).toEqual([])
      console.log(`${operation}: ${pathsIn(body).length} keys, ${taken} of the changes were taken`)
      // What was read whole is taken as it is, so that the others were refused for what was changed.
      if (method === 'PUT') await succeed(url, { method, path, body, as })
    })
  }
})
