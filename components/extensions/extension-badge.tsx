import { Badge } from '#components/ui/badge'
import type { IconName } from '#components/ui/icon'
import type { Extension } from '#lib/domain/extensions/wire'

type Look = { label: string; icon: IconName; tone?: 'ok' | 'bad' | 'accent' | 'warn' }

const LOOKS: Record<Extension['state'], Look> = {
  available: { label: 'Not active', icon: 'circle' },
  inactive: { label: 'Not active', icon: 'circle' },
  activating: { label: 'Activating', icon: 'loader', tone: 'accent' },
  deactivating: { label: 'Deactivating', icon: 'loader', tone: 'accent' },
  active: { label: 'Active', icon: 'check', tone: 'ok' },
  failed: { label: 'Failed', icon: 'x', tone: 'bad' },
}

export function ExtensionBadge({ state }: { state: Extension['state'] }) {
  const { label, ...look } = LOOKS[state]
  return <Badge {...look}>{label}</Badge>
}
