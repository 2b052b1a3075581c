'use client'

import { openPage } from '#components/layout/open-page'

export const OpenUsersTab = openPage(() => import('./users-tab').then(({ UsersTab }) => UsersTab))
export const OpenGroupsTab = openPage(() => import('./groups-tab').then(({ GroupsTab }) => GroupsTab))
export const OpenInvitesTab = openPage(() => import('./invites-tab').then(({ InvitesTab }) => InvitesTab))
export const OpenPersonalKeysTab = openPage(() =>
  import('./personal-keys-tab').then(({ PersonalKeysTab }) => PersonalKeysTab),
)
export const OpenGlobalKeysTab = openPage(() =>
  import('./global-keys-tab').then(({ GlobalKeysTab }) => GlobalKeysTab),
)
export const OpenSettingsPage = openPage(() =>
  import('./settings-page').then(({ SettingsPage }) => SettingsPage),
)
export const OpenKeysPage = openPage(() => import('./keys-page').then(({ KeysPage }) => KeysPage))
