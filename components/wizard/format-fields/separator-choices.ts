import { SEPARATORS } from '#lib/domain/formats/detect/csv-dialect'

/** All separators that detection knows, by the same names, with the character where it can be seen. */
export const SEPARATOR_CHOICES = SEPARATORS.map(({ char, name }) => ({
  value: char,
  label: `${name.charAt(0).toUpperCase()}${name.slice(1)}${/[\s\p{Cc}]/u.test(char) ? '' : ` ${char}`}`,
}))
