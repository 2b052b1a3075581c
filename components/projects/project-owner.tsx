'use client'

import { useState } from 'react'
import { Section } from '#components/layout/page'
import { Button } from '#components/ui/button'
import { Icon } from '#components/ui/icon'
import type { Project } from '#lib/domain/projects/wire'
import { HandOverDialog } from './hand-over-dialog'

/** Whose project it is; they or an administrator of the space hand it over. */
export function ProjectOwner({ project }: { project: Project }) {
  const [handing, setHanding] = useState(false)
  const { owner, can } = project
  return (
    <Section
      title="Owner"
      note={
        owner.login === null
          ? 'Answers for the project.'
          : 'Administers the project, whoever its members are, and may hand it over.'
      }
      actions={
        can.handOver && (
          <Button small onClick={() => setHanding(true)}>
            Hand over
          </Button>
        )
      }
    >
      <p className="row">
        <Icon
          name={owner.login === null ? 'key' : 'user'}
          label={owner.login === null ? 'program' : 'person'}
        />
        <span>{owner.name}</span>
        {owner.login !== null && <span className="small muted mono">{owner.login}</span>}
      </p>
      <HandOverDialog project={project} open={handing} onOpenChange={setHanding} />
    </Section>
  )
}
