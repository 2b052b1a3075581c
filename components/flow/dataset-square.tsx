import { classes } from '#components/ui/classes'
import { Icon } from '#components/ui/icon'
import type { DatasetItem } from '#lib/domain/datasets/wire'
import { formatQuantity } from '#lib/domain/format'

interface DatasetSquareProps {
  dataset: DatasetItem
  chosen: boolean
  onChoose: (name: string) => void
  onOpen: (name: string) => void
}

/** A dataset in the Flow: a blue square, stacked when partitioned, with a padlock when one may not read it. */
export function DatasetSquare({ dataset, chosen, onChoose, onOpen }: DatasetSquareProps) {
  const { name, partitioned, partitions, dimensions, lock } = dataset
  const label = [name, partitioned ? 'partitioned dataset' : 'dataset', lock && 'locked']
    .filter(Boolean)
    .join(', ')
  return (
    <button
      type="button"
      className={classes('node', 'nopan', partitioned && 'parts')}
      // The canvas places a box around it that has to have a size, and that lets nothing be pressed by itself.
      style={{ position: 'static', margin: 0, pointerEvents: 'all' }}
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
        <span className="line-clamp-2" title={name}>
          {name}
        </span>
        {partitioned && (
          <span className="sub">
            {partitions === null ? `by ${dimensions.join(', ')}` : formatQuantity(partitions, 'partition')}
          </span>
        )}
      </span>
    </button>
  )
}
