import 'server-only'
import type { Context } from '../../access/caller'
import { inSentNames } from '../../platform/in-sent-names'
import { refuseUnkept } from '../../platform/refuse-unkept'
import { renameDataset } from '../commands'

/** Gives a dataset another name, as `dataset.rename(…)` asks. @throws Failure naming `newName` */
export const renameDssDataset = async (
  ctx: Context,
  projectKey: string,
  { oldName, newName, ...more }: { oldName: string; newName: string },
): Promise<void> => {
  refuseUnkept(more, {}, [])
  return renameDataset(ctx, { projectKey, name: oldName }, newName).catch(inSentNames({ name: 'newName' }))
}
