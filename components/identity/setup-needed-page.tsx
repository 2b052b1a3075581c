import { Gate } from '#components/layout/gate'
import { Code } from '#components/ui/code'
import { GateHead } from './gate-head'

interface SetupNeededPageProps {
  /** The link that was opened is not the present one. */
  linkEnded?: boolean
}

/** What to do while no space exists. */
export function SetupNeededPage({ linkEnded = false }: SetupNeededPageProps) {
  return (
    <Gate wide>
      <GateHead title={linkEnded ? 'This setup link has ended' : 'This Launchpad is not set up yet'}>
        {linkEnded
          ? 'It has been used, or a newer one has replaced it: each start prints a new one until the space exists.'
          : 'A one-time setup link stands on the console of the machine that runs it. It makes the space and its first administrator.'}
      </GateHead>
      <p className="mb-2">Make a new link on that machine, in the folder of Launchpad:</p>
      <Code label="Command" value="node bin/launchpad.mjs setup-link" />
    </Gate>
  )
}
