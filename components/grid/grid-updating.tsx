interface GridUpdatingProps {
  updating: boolean
}

/** Says beside a grid that new rows are being read, where it covers none of those that stay meanwhile. */
export const GridUpdating = ({ updating }: GridUpdatingProps) => (
  <span className="flex-none whitespace-nowrap" role="status">
    {updating ? 'Updating…' : ''}
  </span>
)
