import 'server-only'
import { seedDemoEvents } from '../audit/seed-demo-events'
import { now } from '../platform/clock'
import { requireTheSpace } from '../spaces/the-space'
import { seedDemoProject } from './seed-demo-project'
import { seedDemoUsers } from './seed-demo-users'

/** Makes the demo: its space, people and project, and unless `--empty` both extensions active with 30 days of events. */
export async function seedDemo(args: string[]): Promise<void> {
  await seedDemoUsers()
  const { id } = await requireTheSpace()
  await seedDemoProject(id)
  if (args.includes('--empty')) return
  await seedDemoEvents(id, now())
}
