'use client'

import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { readSchema, schemaReportKey } from '#lib/client/schema'
import type { DatasetDefinition, SchemaColumn } from '#lib/domain/datasets/definition'
import type { SchemaReport } from '#lib/domain/datasets/schema-report'

/** What the files are read for. */
export type Question = 'check' | 'redetect' | 'infer'

export interface Answer {
  question: Question
  report: SchemaReport
  /** The columns that it was asked with. */
  columns: readonly SchemaColumn[]
}

export interface SchemaReading {
  /** What was last read of the files under the settings as they are; null before. */
  report: SchemaReport | null
  /** The answer that stands on the page; null when none was asked for, or for other settings. */
  answer: Answer | null
  asked: Question | null
  startedAtMs: number | null
  error: unknown
  ask: (question: Question) => void
  stop: () => void
  /** Takes the answer off the page. */
  close: () => void
}

/** Reads the columns of the files when asked, `files` among them; what is read stays while the settings do. */
export function useSchemaReading(definition: DatasetDefinition, files: readonly string[]): SchemaReading {
  const client = useQueryClient()
  const key = schemaReportKey(definition)
  const signature = JSON.stringify(key)
  const { data: report } = useQuery<SchemaReport>({
    queryKey: key,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const [shown, setShown] = useState<{ answer: Answer; signature: string } | null>(null)
  const [running, setRunning] = useState<{ question: Question; startedAtMs: number } | null>(null)
  const [error, setError] = useState<unknown>(null)
  const abort = useRef<AbortController | null>(null)
  useEffect(() => () => abort.current?.abort(), [])
  const stop = () => {
    abort.current?.abort()
    abort.current = null
    setRunning(null)
  }
  const ask = async (question: Question) => {
    stop()
    const own = new AbortController()
    abort.current = own
    setRunning({ question, startedAtMs: Date.now() })
    setError(null)
    try {
      const read = await readSchema(
        { definition, infer: question === 'infer', files: [...files] },
        own.signal,
      )
      client.setQueryData(key, read)
      if (own.signal.aborted) return
      setShown({ answer: { question, report: read, columns: definition.schema.columns }, signature })
      setRunning(null)
    } catch (failure) {
      if (own.signal.aborted) return
      setError(failure)
      setRunning(null)
    }
  }
  return {
    report: report ?? null,
    answer: shown?.signature === signature ? shown.answer : null,
    asked: running?.question ?? null,
    startedAtMs: running?.startedAtMs ?? null,
    error,
    ask: (question) => void ask(question),
    stop,
    close: () => setShown(null),
  }
}
