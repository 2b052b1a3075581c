import * as z from 'zod'
import { formatQuantity } from '../format'
import { detectionSchema } from '../formats/detection'
import type { FilesSelectionRules } from './definition'
import { excludeToo } from './exclude-files'
import type { Problem } from './problem'
import { ruleForFolder } from './split-by-folder'

/** What the files of a dataset look like, where folders divide them by content those of the main one. */
export const filesDetection = detectionSchema.extend({
  /** Folders beside the main content, with what some of their files are: no candidate speaks of them. */
  beside: z.array(z.object({ folder: z.string(), is: z.string(), files: z.int() })).default([]),
})
export type FilesDetection = z.infer<typeof filesDetection>
export type BesideFolder = FilesDetection['beside'][number]

/** `"/AWSLogs/1/CloudTrail-Digest/ holds something else: JSON, one object a file (3 files looked at)."` */
export const sayBeside = ({ folder, is, files }: BesideFolder): string =>
  `${folder} holds something else than the other files: ${is} (${formatQuantity(files, 'file')} looked at).`

/** The same as warnings on the Files tab. */
export const besideProblems = (beside: readonly BesideFolder[]): Problem[] =>
  beside.map((one) => ({
    path: ['params', 'filesSelectionRules'],
    tab: 'files',
    field: 'Folders of other content',
    severity: 'warning',
    reason: 'folder-of-other-content',
    message: sayBeside(one),
  }))

/** The selection without a folder; null where the rules name what is taken, which one has to think about. */
export const leaveFolderOut = (
  rules: FilesSelectionRules,
  { folder }: Pick<BesideFolder, 'folder'>,
): FilesSelectionRules | null =>
  rules.mode === 'ALL' || rules.mode === 'RULES_ALL_BUT_EXCLUDED'
    ? excludeToo(rules, ruleForFolder(folder))
    : null

/** Whether a file stands in one of the folders: a star in their place stands for any name. */
export function isBeside(path: string, beside: readonly Pick<BesideFolder, 'folder'>[]): boolean {
  const names = path.split('/')
  return beside.some(({ folder }) =>
    folder
      .split('/')
      .slice(0, -1)
      .every((name, level) => name === '*' || name === names[level]),
  )
}
