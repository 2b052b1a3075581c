'use client'

import { useEffect, useState } from 'react'
import { copyText } from '#lib/client/copy-text'
import { Button, type ButtonProps } from './button'

const SHOWN_MS = 1500

/** Copies a text; tells whether it worked for a moment, then is idle again. */
export function useCopy() {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = async (text: string) => setState((await copyText(text)) ? 'copied' : 'failed')
  return { state, copy }
}

interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'value'> {
  value: string
  /** The accessible name: `"Copy object key"`. */
  label: string
}

/** One click copies; a tick shows that it did. With children it is a button with words. */
export function CopyButton({ value, label, children, ...rest }: CopyButtonProps) {
  const { state, copy } = useCopy()
  const said = { idle: '', copied: 'Copied', failed: 'Could not copy' }[state]
  return (
    <Button
      variant="ghost"
      small
      square={!children}
      icon={state === 'copied' ? 'check' : state === 'failed' ? 'alert' : 'copy'}
      aria-label={label}
      title={said || label}
      {...rest}
      onClick={() => copy(value)}
    >
      {children}
      <span className="sr" role="status">
        {said}
      </span>
    </Button>
  )
}
