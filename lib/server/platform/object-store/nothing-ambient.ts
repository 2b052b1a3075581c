import 'server-only'

/** What the SDK would otherwise take from environment variables, files in a home folder or the machine's metadata. */
export const NOTHING_AMBIENT = {
  defaultsMode: 'standard' as const,
  retryMode: 'standard',
  // Which call may be sent again is known where it is made; see `callStore`.
  maxAttempts: 1,
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  userAgentAppId: 'launchpad',
  authSchemePreference: ['aws.auth#sigv4'],
  // A store's clock is shown to people and never silently followed.
  disableClockSkewCorrection: true,
}
