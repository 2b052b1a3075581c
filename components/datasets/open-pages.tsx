'use client'

import { openPage } from '#components/layout/open-page'

export const OpenExplorePage = openPage(() =>
  import('#components/explore/explore-page').then(({ ExplorePage }) => ExplorePage),
)
export const OpenPartitionsPage = openPage(() =>
  import('./partitions-page').then(({ PartitionsPage }) => PartitionsPage),
)
export const OpenMetricsPage = openPage(() => import('./metrics-page').then(({ MetricsPage }) => MetricsPage))
export const OpenSettingsPage = openPage(() =>
  import('./settings-page').then(({ SettingsPage }) => SettingsPage),
)
