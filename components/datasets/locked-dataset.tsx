import { ButtonLink } from '#components/ui/button'
import { DeniedState } from '#components/ui/denied-state'
import { EmptyState } from '#components/ui/empty-state'
import { Time } from '#components/ui/time'
import { sayActor } from '#lib/domain/audit/say-actor'
import type { Dataset, DatasetLock } from '#lib/domain/datasets/wire'
import { datasetAddress, flowAddress } from './dataset-address'

type Lock = NonNullable<DatasetLock>

/** A dataset whose records one cannot read: what is missing, whom to ask, or who removed its connection. */
export function LockedDataset({ dataset, lock }: { dataset: Dataset; lock: Lock }) {
  const { name, projectKey } = dataset
  const back = <ButtonLink href={flowAddress(projectKey)}>Back to the Flow</ButtonLink>
  if (lock.removed) return <Removed dataset={dataset} lock={lock} removed={lock.removed} />
  return (
    <DeniedState
      title={`You cannot open ${name}`}
      ask={lock.ask}
      request={`Please give me access to ${name} of project ${projectKey} in Launchpad. It says: ${lock.message}`}
      actions={back}
    >
      <p>
        You are a member of {projectKey}, but this dataset also asks for the right to use its connection. You
        need to be named in “Freely usable by” of <span className="mono">{lock.connection}</span>.
      </p>
    </DeniedState>
  )
}

interface RemovedProps {
  dataset: Dataset
  lock: Lock
  removed: NonNullable<Lock['removed']>
}

function Removed({ dataset, lock, removed }: RemovedProps) {
  const { name, projectKey, can } = dataset
  return (
    <EmptyState
      level={1}
      icon="plug"
      title={`The connection of ${name} was removed`}
      actions={
        <>
          <ButtonLink href={flowAddress(projectKey)}>Back to the Flow</ButtonLink>
          {can.delete && (
            <ButtonLink variant="ghost" href={datasetAddress(projectKey, name, 'settings')}>
              Settings
            </ButtonLink>
          )}
        </>
      }
    >
      <p>
        {sayActor(removed.by)} removed <span className="mono">{lock.connection}</span> on{' '}
        <Time at={removed.at} as="exact" />. The files stay where they are.{' '}
        {removed.extension
          ? `The dataset works again as soon as the extension ${removed.extension} is activated.`
          : 'The dataset works again when it is moved to another connection.'}
        {lock.ask.length > 0 && ` Ask: ${lock.ask.join(', ')}.`}
      </p>
    </EmptyState>
  )
}
