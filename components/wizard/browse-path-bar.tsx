'use client'

import { Fragment } from 'react'
import { stepsOf } from './browse-model'

/** The folders above the one that is open, each leading there. */
export function PathBar({ folder, onGo }: { folder: string; onGo: (folder: string) => void }) {
  const steps = stepsOf(folder)
  return (
    <nav className="pathbar" aria-label="Path">
      <button type="button" aria-label="Root" onClick={() => onGo('/')}>
        /
      </button>
      {steps.map(({ name, path }, index) => (
        <Fragment key={path}>
          {index > 0 && (
            <span className="faint" aria-hidden="true">
              /
            </span>
          )}
          <button
            type="button"
            aria-current={index === steps.length - 1 ? 'page' : undefined}
            onClick={() => onGo(path)}
          >
            {name}
          </button>
        </Fragment>
      ))}
    </nav>
  )
}
