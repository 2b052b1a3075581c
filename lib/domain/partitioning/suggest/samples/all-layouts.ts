import { CLOUD_LAYOUTS } from './cloud-layouts'
import { FILE_NAME_LAYOUTS } from './file-name-layouts'
import { FOLDER_LAYOUTS } from './folder-layouts'
import type { LayoutSample } from './layout-sample'
import { PIPELINE_LAYOUTS } from './pipeline-layouts'

/** All layouts of the suite. */
export const LAYOUT_SAMPLES: LayoutSample[] = [
  ...CLOUD_LAYOUTS,
  ...PIPELINE_LAYOUTS,
  ...FILE_NAME_LAYOUTS,
  ...FOLDER_LAYOUTS,
]
