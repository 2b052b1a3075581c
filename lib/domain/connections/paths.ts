import { fail, ok, type Result } from '../result'
import { compareKeys } from './key-order'

/** The part of a bucket that a connection opens: a root and, optionally, prefixes below it. */
export interface PathScope {
  /** Key prefix of the root: `''` or a text that ends in `/`, `"0190…/"`. */
  root: string
  /** Paths below the root, each beginning and ending with `/`: `"/audit-logs/"`. None = all below the root. */
  allowedPrefixes: readonly string[]
}

const ILLEGAL = 'ERR_FSPROVIDER_ILLEGAL_PATH'
const OUT_OF_ROOT = 'ERR_FSPROVIDER_FSLIKE_REACH_OUT_OF_ROOT'

/**
 * Gives the key of one object. Prefixes compare by whole segment: `/audit-logs-old/x` is not below `/audit-logs/`.
 * @example resolvePath({ root: 's1/', allowedPrefixes: ['/audit-logs/'] }, '/audit-logs/a.gz') // "s1/audit-logs/a.gz"
 */
export function resolvePath(scope: PathScope, path: string): Result<string> {
  const checked = checkPath(path)
  if (!checked.ok) return checked
  if (!isInside(scope, path)) return outOfRoot(scope, path)
  return ok(keyOf(scope, path))
}

/**
 * Gives the key prefix of a folder, which ends in `/` unless it is the whole bucket; `/audit-logs` is `/audit-logs/`.
 */
export function resolveFolder(scope: PathScope, path: string): Result<string> {
  return resolvePath(scope, withSlash(path))
}

/**
 * Gives the key prefix for a listing by literal text, whose last segment may be cut: `/audit-logs/design/2026-`.
 * The text itself has to be inside: `/audit-logs` would list `/audit-logs-old/` too.
 */
export function resolvePrefix(scope: PathScope, prefixPath: string): Result<string> {
  return resolvePath(scope, prefixPath)
}

/** Gives the path that pages show for a key, beginning with `/`; the key must begin with the root. */
export function pathOfKey(scope: PathScope, key: string): string {
  return `/${key.slice(scope.root.length)}`
}

/**
 * Gives the next folders from one above the allowed prefixes towards them, since their surroundings stay hidden;
 * none where the folder itself is inside, or leads nowhere allowed.
 * @example foldersTowardsAllowed({ root: '', allowedPrefixes: ['/a/b/', '/a/c/'] }, '/') // ["/a/"]
 */
export function foldersTowardsAllowed(scope: PathScope, folder: string): string[] {
  const from = withSlash(folder)
  if (!checkPath(from).ok || isInside(scope, from)) return []
  const next = scope.allowedPrefixes
    .filter((prefix) => prefix.startsWith(from))
    .map((prefix) => prefix.slice(0, prefix.indexOf('/', from.length) + 1))
  return [...new Set(next)].sort()
}

/**
 * Gives what is open below a literal beginning of paths that stands above the allowed prefixes, in the order of keys, none
 * within another. What is inside, or leads nowhere allowed, is given back as it is, to be listed or refused.
 * @example prefixesOpenBelow({ root: '', allowedPrefixes: ['/b/', '/a/c/'] }, '/') // ["/a/c/", "/b/"]
 */
export function prefixesOpenBelow(scope: PathScope, prefixPath: string): string[] {
  if (isInside(scope, prefixPath)) return [prefixPath]
  const below = scope.allowedPrefixes.filter((prefix) => prefix.startsWith(prefixPath)).sort(compareKeys)
  const apart = below.filter((prefix) => !below.some((other) => other !== prefix && prefix.startsWith(other)))
  return apart.length > 0 ? [...new Set(apart)] : [prefixPath]
}

/** Checks a root or an allowed prefix as typed in a form; gives it back with its last `/`. */
export function parseFolderPath(path: string): Result<string> {
  const folder = withSlash(path)
  const checked = checkPath(folder)
  return checked.ok ? ok(folder) : checked
}

function checkPath(path: string): Result<string> {
  if (!path.startsWith('/')) return illegal('A path begins with "/".', 0, 0)
  const control = path.search(/\p{Cc}/u)
  if (control >= 0) return illegal('The path holds a control character.', control, control + 1)
  if (!path.isWellFormed()) return illegal('The path holds half a character.', 0, path.length)
  let start = 0
  // A backslash separates segments in some clients, so `\..\` is looked at as `/../` would be.
  for (const segment of path.split(/[/\\]/)) {
    const end = start + segment.length
    if (segment === '..' || segment === '.') {
      return illegal(`"${segment}" cannot stand between slashes: write the whole path.`, start, end)
    }
    start = end + 1
  }
  return ok(path)
}

function isInside(scope: PathScope, path: string): boolean {
  return scope.allowedPrefixes.length === 0 || scope.allowedPrefixes.some((prefix) => path.startsWith(prefix))
}

function keyOf(scope: PathScope, path: string): string {
  return scope.root + path.slice(1)
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`
}

function illegal(message: string, start: number, end: number) {
  return fail({ reason: ILLEGAL, message, start, end })
}

function outOfRoot(scope: PathScope, path: string) {
  const allowed = scope.allowedPrefixes.join(', ')
  const message = `"${path}" is outside what this connection opens: ${allowed}`
  return fail({ reason: OUT_OF_ROOT, message, start: 0, end: path.length })
}
