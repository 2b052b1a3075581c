import 'server-only'
import type { Context } from '../../access/caller'
import { inSentNames } from '../../platform/in-sent-names'
import { renameDataset } from '../commands'

/** Gives a dataset another name, as `dataset.rename(…)` asks. @throws Failure naming `newName` */
export const renameDssDataset = (
  ctx: Context,
  projectKey: string,
  { oldName, newName }: { oldName: string; newName: string },
): Promise<void> =>
  renameDataset(ctx, { projectKey, name: oldName }, newName).catch(inSentNames({ name: 'newName' }))
