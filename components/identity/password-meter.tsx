import { PASSWORD_MIN } from '#lib/domain/identity/fields'

const LEVELS = [
  { from: 24, bars: 4, word: 'Strong' },
  { from: 16, bars: 3, word: 'Good' },
  { from: PASSWORD_MIN, bars: 2, word: 'Fair' },
  { from: 1, bars: 1, word: 'Too short' },
  { from: 0, bars: 0, word: '' },
] as const

const lengthOf = (password: string) => [...password].length
const levelOf = (password: string) => LEVELS.find(({ from }) => lengthOf(password) >= from) ?? LEVELS[4]

/** Four bars by length, which is what makes a password hard to guess. */
export function PasswordMeter({ password }: { password: string }) {
  const { bars } = levelOf(password)
  return (
    <div className="meter" aria-hidden="true">
      {[1, 2, 3, 4].map((bar) => (
        <i key={bar} className={bar <= bars ? 'on' : undefined} />
      ))}
    </div>
  )
}

/** The words to the bars: `"Good. 21 characters; at least 12 are needed."` */
export function sayPassword(password: string): string {
  const count = lengthOf(password)
  if (count === 0) return `At least ${PASSWORD_MIN} characters.`
  return `${levelOf(password).word}. ${count} ${count === 1 ? 'character' : 'characters'}; at least ${PASSWORD_MIN} are needed.`
}
