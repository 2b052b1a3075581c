import { afterAll, beforeAll, expect, test } from 'vitest'
import { authenticate } from '../access/authenticate'
import { freshDatabase } from '../testing/database'
import { ADMIN_PASSWORD, cookieOf, foundSpace, visitFrom } from '../testing/identity'
import { signIn } from './sign-in'
import { signOut } from './sign-out'

const url = process.env.LAUNCHPAD_URL
let drop: () => Promise<void>
beforeAll(async () => {
  process.env.LAUNCHPAD_URL = 'https://launchpad.example'
  drop = await freshDatabase()
  await foundSpace()
})
afterAll(async () => {
  process.env.LAUNCHPAD_URL = url
  await drop()
})

test('over TLS the cookie is bound to this host', async () => {
  const { headers } = await signIn(visitFrom(), { login: 'ada', password: ADMIN_PASSWORD })
  const [cookie, ...more] = headers.getSetCookie()
  expect(more).toEqual([])
  expect(cookie).toMatch(/^__Host-launchpad-[0-9a-f]{6}=/)
  expect(cookie).toMatch(/; Path=\/(;|$)/i)
  expect(cookie).toMatch(/; Secure(;|$)/i)
  expect(cookie).not.toMatch(/Domain=/i)
})

test('it names one, and signing out takes it away under the same terms', async () => {
  const cookie = await cookieOf('ada')
  expect(await authenticate(visitFrom('192.0.2.1', { cookie }))).toMatchObject({ byCookie: true })
  const ended = (await signOut(visitFrom('192.0.2.1', { cookie }))).getSetCookie()
  expect(ended.find((one) => one.startsWith('__Host-launchpad-'))).toMatch(
    /Max-Age=0.*Secure|Secure.*Max-Age=0/i,
  )
  expect(await authenticate(visitFrom('192.0.2.1', { cookie }))).toBeNull()
})
