import { classes } from '#components/ui/classes'
import { Icon } from '#components/ui/icon'
import type { DatasetItem } from '#lib/domain/datasets/wire'

interface DatasetSquareProps {
  dataset: DatasetItem
  chosen: boolean
  onChoose: (name: string) => void
  onOpen: (name: string) => void
}

/** A dataset in the Flow: a blue square, stacked when partitioned, with a padlock when one may not read it. */
export function DatasetSquare({ dataset, chosen, onChoose, onOpen }: DatasetSquareProps) {
  const { name, partitioned, dimensions, lock } = dataset
  const label = [name, partitioned ? 'partitioned dataset' : 'dataset', lock && 'locked']
    .filter(Boolean)
    .join(', ')
  return (
    <button
      type="button"
      className={classes('node', 'nopan', partitioned && 'parts')}
      data-name={name}
      aria-label={label}
      aria-pressed={chosen}
      onClick={() => onChoose(name)}
      onDoubleClick={() => onOpen(name)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && chosen) onOpen(name)
      }}
    >
      <span className="sq">
        <Icon name="bucket" />
        {lock && (
          <span className="lock">
            <Icon name="lock" />
          </span>
        )}
      </span>
      <span>
        {name}
        {partitioned && <span className="sub">by {dimensions.join(', ')}</span>}
      </span>
    </button>
  )
}
