import type { Detection } from '../formats/detection'
import type { FormatProblem } from '../formats/wire'
import type { DatasetDefinition } from './definition'
import type { FilesPreview } from './files-preview'
import type { WizardStep } from './wizard'

/** What mends a problem of a file with one click. */
export interface SuggestedFix {
  label: string
  step: WizardStep
}

/** What is known of the files beside the problem; a detection that is still under way is null. */
export interface FixContext {
  definition: DatasetDefinition
  preview: Pick<FilesPreview, 'usedPath' | 'charset' | 'looksLike'> &
    Partial<Pick<FilesPreview, 'further' | 'rows'>>
  detection: Detection | null
}

/** The file that a problem is of, as far as it is known. */
export interface FileOfProblem {
  path: string
  charset: string
  looksLike: string | null
}

/** What is known of a problem's own file: a preview may have read several, and a detection others still. */
export function fileOfProblem(
  { path }: Pick<FormatProblem, 'path'>,
  { preview: { usedPath, further = [], ...first }, detection }: FixContext,
): FileOfProblem {
  if (path === usedPath) return { path, charset: first.charset, looksLike: first.looksLike }
  const own = further.find((file) => file.path === path)
  const found = detection?.files.find((file) => file.path === path)
  return {
    path,
    charset: own?.charset || found?.charset || '',
    looksLike: own?.looksLike ?? found?.looksLike ?? null,
  }
}
