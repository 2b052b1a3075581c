import 'server-only'
import { seedDemoEvents } from '../audit/seed-demo-events'
import { now } from '../platform/clock'
import { requireTheSpace } from '../spaces/the-space'
import { seedDemoUsers } from './seed-demo-users'

/** Makes the demo: its space and people, and unless `--empty` both extensions active with 30 days of events. */
export async function seedDemo(args: string[]): Promise<void> {
  await seedDemoUsers()
  if (args.includes('--empty')) return
  const { id } = await requireTheSpace()
  await seedDemoEvents(id, now())
}
