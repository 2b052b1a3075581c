import { expect, type Locator, type Page } from '@playwright/test'

const MOST_PRESSES = 120

/** Presses Tab until the focus is on `target`, which must show that it has it. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await hasFocus(target)) return expectFocusShown(target)
    await page.keyboard.press(key)
  }
  throw new Error(`${target} is not reached by ${key}`)
}

/** Presses an arrow until the focus, or the highlight of a list, is on `target`. */
export async function arrowTo(page: Page, target: Locator, key = 'ArrowDown'): Promise<void> {
  await expect(target).toBeVisible()
  const isThere = async () =>
    (await hasFocus(target)) || (await target.getAttribute('data-highlighted')) !== null
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    if (await isThere()) return
    await page.keyboard.press(key)
  }
  throw new Error(`${target} is not reached by ${key}`)
}

const hasFocus = (target: Locator) => target.evaluate((element) => element === document.activeElement)

/** Focus is always visible: an outline or a ring, on the element, on what frames it or on its current cell. */
async function expectFocusShown(target: Locator): Promise<void> {
  const shown = () =>
    target.evaluate((element) => {
      const cell = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')
      const frames = [element, element.parentElement, cell].filter((one) => one !== null)
      return frames.some((one) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
        return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
      })
    })
  await expect.poll(shown, `${target} does not show its focus`).toBe(true)
}

/** Types over what a field holds. */
export async function typeInto(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+a')
  await page.keyboard.type(text)
  await expect(field).toHaveValue(text)
}

/** Goes to a control and presses a key on it. */
export async function pressOn(page: Page, target: Locator, key = 'Enter'): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press(key)
}

export interface TabStop {
  /** Tells elements of one page apart. */
  id: number
  name: string
  /** What a person who has only the keys would miss here. */
  faults: string[]
}

/** Presses Tab through the page from where the focus is, until it has gone round or out; each stop once. */
export async function walkByTab(page: Page, mostStops = 150): Promise<TabStop[]> {
  const stops: TabStop[] = []
  while (stops.length < mostStops) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(inspectFocus)
    if (stop === null || stop.id === stops[0]?.id) return stops
    if (stops.some(({ id }) => id === stop.id))
      return [...stops, { ...stop, faults: [...stop.faults, 'the focus does not leave this place'] }]
    stops.push(stop)
  }
  return stops
}

/** Runs in the page: what has the focus and what is wrong with that; null outside of the page. */
function inspectFocus(): TabStop | null {
  const focused = document.activeElement
  if (!(focused instanceof HTMLElement) || focused === document.body) return null
  const { left, top, right, bottom, width, height } = focused.getBoundingClientRect()
  const labels = [...((focused as HTMLInputElement).labels ?? [])]
  const cell = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
  const shows = [focused, focused.parentElement, cell].some((one) => {
    if (!one) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  })
  const within = (value: number, most: number) => Math.min(Math.max(value, 0), most - 1)
  const hit = document.elementFromPoint(
    within(left + Math.min(width / 2, 20), innerWidth),
    within(top + Math.min(height / 2, 20), innerHeight),
  )
  const isOut = width === 0 || bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth
  const isOnTop =
    hit !== null &&
    (focused.contains(hit) || hit.contains(focused) || labels.some((label) => label.contains(hit)))
  const name = [
    focused.getAttribute('aria-label'),
    labels[0]?.textContent,
    focused.textContent,
    focused.querySelector('[aria-label]')?.getAttribute('aria-label'),
  ].find((text) => text?.trim())
  focused.dataset.tabStop ??= String(document.querySelectorAll('[data-tab-stop]').length)
  return {
    id: Number(focused.dataset.tabStop),
    name: name?.trim().slice(0, 60) ?? focused.outerHTML.slice(0, 120),
    faults: [
      ...(name ? [] : ['it has no name']),
      ...(shows ? [] : ['the focus is not seen']),
      ...(isOut ? ['it is out of sight'] : []),
      ...(isOut || isOnTop ? [] : [`it is covered by ${hit?.outerHTML.slice(0, 80)}`]),
    ],
  }
}
