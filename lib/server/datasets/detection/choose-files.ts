import 'server-only'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { kindOf } from '#lib/domain/datasets/file-kinds'
import { pickEvenly } from '#lib/domain/pick-evenly'
import type { ObjectStore } from '../../platform/object-store/types'
import { findPreviewFile } from './find-preview-file'
import { byAge, findTaken, meetFiles, type SpreadFile } from './meet-files'

/** Chosen files of a dataset name so many at most that are looked for. */
const MOST_MET = 400

export interface ChooseOptions {
  /** Files to look at, beside those that are always among them. */
  most: number
  /** Of the kind that is met most alone, and of different sizes as well. */
  isVaried?: boolean
  /** Paths below the dataset's own that are to be among them, if it takes these files. */
  always?: readonly string[]
}

/**
 * Chooses the files to look at, oldest first: what detection and schemas are read from. The file that a preview opens is
 * always among them, and so are the oldest and the newest that were met; the others are of ages between.
 */
export async function chooseFiles(
  store: ObjectStore,
  definition: DatasetDefinition,
  { most, isVaried = false, always = [] }: ChooseOptions,
): Promise<SpreadFile[]> {
  const [met, shown] = await Promise.all([
    meetFiles(store, definition, MOST_MET),
    findPreviewFile(store, definition),
  ])
  const wanted = new Set([...always, ...(shown === null ? [] : [shown.path])])
  const known = met.filter(({ path }) => wanted.has(path))
  for (const { path } of known) wanted.delete(path)
  const fixed = [...known, ...(await findTaken(store, definition, [...wanted]))]
  return pickFiles([...met, ...fixed.filter((file) => !known.includes(file))], fixed, most, isVaried)
}

/** Picks files of those that were met: the `fixed` ones, the oldest, the newest, and others evenly between, oldest first. */
export function pickFiles(
  met: readonly SpreadFile[],
  fixed: readonly SpreadFile[],
  most: number,
  isVaried: boolean,
): SpreadFile[] {
  const sorted = met.toSorted(byAge)
  const files = isVaried ? ofLargestKind(sorted) : sorted
  const picked = new Set(fixed)
  const take = (file: SpreadFile | undefined) => {
    if (file !== undefined && picked.size < Math.max(most, fixed.length)) picked.add(file)
  }
  take(files.at(-1))
  take(files[0])
  if (isVaried) for (const file of pickEvenly(files.toSorted(bySize), 2)) take(file)
  for (const file of pickEvenly(files, most)) take(file)
  // Where those are among the fixed ones, there is room for others.
  for (const file of pickEvenly(files, 2 * most)) take(file)
  return [...picked].sort(byAge)
}

const bySize = (a: SpreadFile, b: SpreadFile): number => a.sizeBytes - b.sizeBytes

function ofLargestKind(files: readonly SpreadFile[]): SpreadFile[] {
  const kinds = Map.groupBy(files, ({ path }) => kindOf(path))
  const [largest] = [...kinds.values()].sort((a, b) => b.length - a.length || newest(b) - newest(a))
  return largest ?? []
}

const newest = (files: readonly SpreadFile[]) => Math.max(...files.map(({ modifiedAtMs }) => modifiedAtMs))
