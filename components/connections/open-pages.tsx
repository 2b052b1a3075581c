'use client'

import { openPage } from '#components/layout/open-page'

export const OpenNewConnectionPage = openPage(() =>
  import('./new-connection-page').then(({ NewConnectionPage }) => NewConnectionPage),
)
export const OpenConnectionsPage = openPage(() =>
  import('./connections-page').then(({ ConnectionsPage }) => ConnectionsPage),
)
export const OpenConnectionOverview = openPage(() =>
  import('./connection-overview').then(({ ConnectionOverview }) => ConnectionOverview),
)
export const OpenConnectionSettings = openPage(() =>
  import('./connection-settings').then(({ ConnectionSettings }) => ConnectionSettings),
)
export const OpenConnectionPermissions = openPage(() =>
  import('./connection-permissions').then(({ ConnectionPermissions }) => ConnectionPermissions),
)
export const OpenWhoCanAccess = openPage(() =>
  import('./who-can-access').then(({ WhoCanAccess }) => WhoCanAccess),
)
export const OpenConnectionActivity = openPage(() =>
  import('./connection-activity').then(({ ConnectionActivity }) => ConnectionActivity),
)
