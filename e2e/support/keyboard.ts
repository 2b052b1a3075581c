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
