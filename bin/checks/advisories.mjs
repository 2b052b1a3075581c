import { readFileSync } from 'node:fs'
import path from 'node:path'
import { ROOT } from '../root.mjs'

/** Holds every installed version against the lowest that has no known advisory. */
export async function checkAdvisories() {
  const floors = JSON.parse(readFileSync(path.join(ROOT, 'bin/advisories.json'), 'utf8'))
  const { packages } = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'))
  return { count: Object.keys(floors).length, of: 'packages', problems: findBelow(floors, packages) }
}

/**
 * @param {Record<string, { atLeast: string, why: string }>} floors
 * @param {Record<string, { version?: string }>} packages of a lockfile, by folder
 */
export function findBelow(floors, packages) {
  return Object.entries(floors).flatMap(([name, { atLeast, why }]) =>
    Object.entries(packages)
      .filter(([folder]) => folder.endsWith(`node_modules/${name}`))
      .filter(([, { version = '0.0.0' }]) => isBelow(version, atLeast))
      .map(([folder, { version }]) => `${folder} is ${version}; at least ${atLeast} is needed: ${why}`),
  )
}

/** A prerelease stands before its release. @param {string} version @param {string} floor */
function isBelow(version, floor) {
  const [release = '', prerelease] = version.split('-', 2)
  const [have, want] = [release, floor].map((text) => text.split('.').map(Number))
  const index = [0, 1, 2].find((part) => have?.[part] !== want?.[part])
  return index === undefined ? prerelease !== undefined : (have?.[index] ?? 0) < (want?.[index] ?? 0)
}
