import { chmodSync, cpSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { findAccount } from './account.mjs'
import { findPlace, giveTo, preparePlace, writeWhole } from './place.mjs'
import { findPostmaster } from './postmaster.mjs'

/**
 * Gives an installation that has no server yet a copy of another's stopped one, with all its data.
 * @param {{ from: string, to: string }} homes
 */
export async function copyPostgres({ from, to }) {
  const source = findPlace(from)
  if (!source || findPostmaster(source.data)) throw new Error(`No stopped PostgreSQL is in ${from}.`)
  const account = await findAccount()
  const place = preparePlace(to, account !== null)
  cpSync(source.data, place.data, { recursive: true, errorOnExist: true, force: false })
  chmodSync(place.data, 0o700)
  giveTo(place.data, account)
  for (const name of readdirSync(place.data, { recursive: true, encoding: 'utf8' }))
    giveTo(path.join(place.data, name), account)
  writeWhole(place.password, readFileSync(source.password, 'utf8'))
}
