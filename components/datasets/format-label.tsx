'use client'

import { formatLabel } from '#lib/domain/formats/catalogue'

/** How a format is called, said by its description. */
export const FormatLabel = ({ type }: { type: string }) => formatLabel(type)
