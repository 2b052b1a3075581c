import { Fragment } from 'react'
import { runsRightToLeft } from '#lib/domain/keep-path-order'

/**
 * A path, or an object's key, whose names stand in their order also where some run from right to left. Each name is kept
 * apart from its neighbours by an element, so that what is selected and copied has the path's characters alone.
 */
export function PathText({ path }: { path: string }) {
  if (!runsRightToLeft(path)) return path
  return (
    <bdi dir="ltr">
      {path.split('/').map((name, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names are places in a path
        <Fragment key={at}>
          {at > 0 && '/'}
          <bdi dir="ltr">{name}</bdi>
        </Fragment>
      ))}
    </bdi>
  )
}
