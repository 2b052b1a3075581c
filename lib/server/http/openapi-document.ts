import 'server-only'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Failure } from '#lib/domain/errors'

/** Where the build puts it: beside the programs, which a build apart keeps with its pages. */
const folder = () => {
  const apart = process.env.LAUNCHPAD_DIST_DIR
  return apart ? path.join(apart, 'programs') : 'dist'
}

/** The OpenAPI document that the build made from the routes. @throws Failure `unavailable` when there was no build */
export async function readOpenApiDocument(): Promise<string> {
  try {
    return await readFile(
      path.join(/* turbopackIgnore: true */ process.cwd(), folder(), 'openapi.json'),
      'utf8',
    )
  } catch (cause) {
    const remedy = 'The operator makes it with "npm run build".'
    throw new Failure('unavailable', 'The description of the API has not been built.', { remedy }, { cause })
  }
}
