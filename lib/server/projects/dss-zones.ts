import 'server-only'
import { Failure } from '#lib/domain/errors'
import { readAs, writeAs } from '../access/act'
import type { Context } from '../access/caller'
import { projectKind } from './project-kind'

/** The one zone that a Flow has here. */
const DEFAULT_ZONE = { id: 'default', name: 'Default', color: '#2ab1ac', items: [], shared: [] }

/** The zones of a Flow: the default one alone, which holds whatever is in no other. */
export function listDssZones(ctx: Context, projectKey: string) {
  return readAs(ctx, projectKind, 'read', { projectKey }, async () => [DEFAULT_ZONE])
}

/** Refuses to make a zone: there is the default one alone. */
export function createDssZone(ctx: Context, projectKey: string): Promise<void> {
  return writeAs(ctx, projectKind, 'create-zone', { projectKey }, async () => {
    throw new Failure('forbidden', 'The Flow has its default zone alone.', { reason: 'zones-not-supported' })
  })
}
