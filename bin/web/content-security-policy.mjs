import { randomBytes } from 'node:crypto'

/** A fresh nonce for one response: 128 random bits in base64. */
export const makeNonce = () => randomBytes(16).toString('base64')

/**
 * The policy of every response. Next reads the nonce from the request's own header of this name and puts it on its
 * scripts; `'unsafe-inline'` for styles is for what sets style attributes (the Flow, toasts).
 * @param {{ nonce: string, secure: boolean, dev?: boolean }} options `dev` adds what Next's development server evaluates
 */
export function contentSecurityPolicy({ nonce, secure, dev = false }) {
  const rules = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ]
  if (secure) rules.push('upgrade-insecure-requests')
  return rules.join('; ')
}
