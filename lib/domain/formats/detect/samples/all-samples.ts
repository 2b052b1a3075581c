import { CSV_SAMPLES } from './csv-samples'
import { DRIFT_SAMPLES } from './drift-samples'
import { FLOW_SAMPLES } from './flow-samples'
import { FOREIGN_SAMPLES } from './foreign-samples'
import { JSON_SAMPLES } from './json-samples'
import { LOG_SAMPLES } from './log-samples'
import { ODD_SAMPLES } from './odd-samples'
import type { DetectionSample } from './sample'
import { TEXT_SAMPLES } from './text-samples'

/** All samples of the suite; those of binary formats are told by their first bytes and need none. */
export const DETECTION_SAMPLES: DetectionSample[] = [
  ...JSON_SAMPLES,
  ...CSV_SAMPLES,
  ...FLOW_SAMPLES,
  ...LOG_SAMPLES,
  ...TEXT_SAMPLES,
  ...ODD_SAMPLES,
  ...DRIFT_SAMPLES,
  ...FOREIGN_SAMPLES,
]
