import { saySystemActor } from '#lib/domain/audit/say-actor'

interface ActorProps {
  /** As events name who acts: `"ada.lind"`, `"key:nightly export"`, `"system:machine"`. */
  name: string
}

/** Who did something: a login or a key is quoted, the system is told in words. */
export function Actor({ name }: ActorProps) {
  return saySystemActor(name) ?? <span className="mono">{name}</span>
}
