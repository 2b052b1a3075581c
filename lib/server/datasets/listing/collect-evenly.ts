import 'server-only'

/** Takes some of many, evenly, without knowing how many come: whenever it is full, every second one goes. */
export function collectEvenly(most: number) {
  const taken: string[] = []
  let step = 1
  let offered = 0
  const offer = (text: string) => {
    if (offered++ % step !== 0) return
    if (taken.length === most) {
      for (let i = most - 1; i > 0; i -= 2) taken.splice(i, 1)
      step *= 2
      if ((offered - 1) % step !== 0) return
    }
    taken.push(text)
  }
  return { taken, offer }
}
