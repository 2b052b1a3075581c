import { PUBLIC_API_DATASET_ROWS } from './public-api-dataset-rows'
import { PUBLIC_API_SPACE_ROWS } from './public-api-space-rows'
import { byKeyAlone, everyone, type Row } from './row'

/** What DSS clients call. */
export const PUBLIC_API_ROWS: Record<string, Row> = {
  ...PUBLIC_API_SPACE_ROWS,
  ...PUBLIC_API_DATASET_ROWS,
  'GET /dip/publicapi/auth/info': { cells: byKeyAlone(everyone(200)), ask: () => ({}) },
}
