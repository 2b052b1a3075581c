/** A failure that its message explains to the person at the console; no stack is shown. */
export class Sentence extends Error {}

/**
 * What went wrong with a file or folder, for people.
 * @param {unknown} error
 * @param {string} where
 */
export function explainFileError(error, where) {
  const code = /** @type {NodeJS.ErrnoException} */ (error).code
  if (code === 'EROFS' || code === 'EACCES' || code === 'EPERM') {
    return new Sentence(
      `The folder ${where} cannot be written to. Make it writable or set LAUNCHPAD_HOME to another folder.`,
    )
  }
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new Sentence(
      `The disk of ${where} is full. Make room or set LAUNCHPAD_HOME to a folder on another disk.`,
    )
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') return new Sentence(`${where} is not a folder.`)
  return error
}
