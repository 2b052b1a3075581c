import 'server-only'
import { makeSetupLink } from '../spaces/installation'

/** Makes the installation ready for a start and prints `{"setupLink": "http://…"}`, null once the space exists. */
export async function prepare(): Promise<void> {
  console.log(JSON.stringify({ setupLink: await makeSetupLink() }))
}

/** Prints a new setup link, which ends the one before. With `--if-open` it prints nothing once the space exists. */
export async function printSetupLink(args: string[]): Promise<void> {
  const link = await makeSetupLink()
  if (link) console.log(link)
  else if (!args.includes('--if-open')) {
    throw new Error(
      'The space exists already, so there is no setup link. For a lost password: reset-password LOGIN.',
    )
  }
}
