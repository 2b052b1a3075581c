'use client'

import { type UseMutationResult, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import * as z from 'zod'
import { ApiError } from '#lib/client/api'
import { useScanCost } from '#lib/client/files'
import { jobQuery, useCancelJob } from '#lib/client/jobs'
import { useLookFirst } from '#lib/client/look-first'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import {
  type DefinitionRequest,
  type ListingScope,
  listingScope,
  type Scan,
} from '#lib/domain/datasets/files-wire'
import type { ScanBudget } from '#lib/domain/datasets/say-scan'
import type { ScanCost } from '#lib/domain/datasets/scan-cost'
import { isUnderWay, type JobError } from '#lib/domain/progress/wire'

/** Objects a listing looks at that nobody chose the budget of. */
const SCAN_BUDGET = 100_000

const run = z.object({
  jobId: z.string(),
  signature: z.string(),
  budget: z.number().nullable().default(null),
  scope: listingScope.default('matching'),
})
type Run = z.infer<typeof run>

/** A listing that runs as a job: what it found, of which settings, or why it did not. */
export interface Listing<Report> {
  /** Starts it, unless the same one is under way, with a budget of objects to look at; null looks at all. */
  start: (definition: DatasetDefinition, budget?: ScanBudget) => void
  /**
   * Starts it where a page holds everything; otherwise tells first, as `cost`, what it takes. The scope, `matching` unless
   * told, is that of the listing then begun, and of those that `start` begins after it.
   */
  ask: (definition: DatasetDefinition, scope?: ListingScope) => void
  /** Someone asked, and it is being looked what it takes. */
  looking: boolean
  /** What it takes that someone asked for under the settings as they stand; it waits for a yes or no. */
  cost: ScanCost | null
  /** Paths that were met while it was looked at what it takes. */
  met: readonly string[]
  goOn: () => void
  dismiss: () => void
  /** Objects after which it ends, unless another budget is given. */
  budget: ScanBudget
  setBudget: (budget: ScanBudget) => void
  /** Null as long as there is no job to stop. */
  cancel: (() => void) | null
  busy: boolean
  cancelling: boolean
  /** Objects seen so far, and what the job says besides. */
  done: number
  message: string
  /** The job that is shown, for what it gives out as it goes on. */
  jobId: string | null
  /** The last one that came to its end, or was stopped with something found; it stays while a new one runs. */
  report: Report | null
  /** The settings that `report` is of, and those of the latest start. */
  reportOf: string | null
  startedOf: string | null
  error: JobError | null
  /** Someone stopped it: what was found until then is not all. */
  stopped: boolean
}

/** What listing takes under some settings, and whether someone still has to say yes or no. */
interface Asked {
  definition: DatasetDefinition
  scope: ListingScope
  cost: ScanCost
  isAnswered: boolean
}

interface Start {
  upTo?: ScanBudget | undefined
  cost?: ScanCost | undefined
  scope?: ListingScope | undefined
}

interface ListingOptions<S extends z.ZodType> {
  of: Scan
  /** The settings as they stand. */
  definition: DatasetDefinition
  starter: UseMutationResult<
    { jobId: string },
    unknown,
    DefinitionRequest & { scope?: ListingScope | undefined }
  >
  report: S
  /** What makes two listings the same. */
  signatureOf: (definition: DatasetDefinition) => string
  /** Where this tab remembers the job, so that a reload finds it again. */
  memoryKey: string | null
}

/** Starts, follows and stops a listing. */
export function useListing<S extends z.ZodType>(options: ListingOptions<S>): Listing<z.output<S>> {
  const { of, definition: present, starter, report, signatureOf, memoryKey } = options
  const [current, setCurrent] = useRemembered(memoryKey)
  const [last, setLast] = useState<{ report: z.output<S>; signature: string } | null>(null)
  const [budget, setBudget] = useState<ScanBudget>(SCAN_BUDGET)
  const asking = useAsking(options)
  const cancel = useCancelJob()
  const { data: job, error } = useQuery({ ...jobQuery(current?.jobId ?? ''), enabled: current !== null })
  const busy = starter.isPending || (current !== null && !error && (!job || isUnderWay(job.state)))

  useEffect(() => {
    const isOver = job?.state === 'succeeded' || job?.state === 'canceled'
    if (!isOver || current?.jobId !== job.id) return
    const parsed = report.safeParse(job.result)
    if (parsed.success) setLast({ report: parsed.data, signature: current.signature })
  }, [job, current, report])

  function start(definition: DatasetDefinition, { upTo = budget, cost, scope }: Start = {}) {
    const run = {
      signature: signatureOf(definition),
      budget: upTo,
      scope: scope ?? current?.scope ?? 'matching',
    }
    asking.answer()
    const isSame =
      current?.signature === run.signature && current.budget === run.budget && current.scope === run.scope
    if (busy && isSame) return
    if (busy && current) cancel.mutate(current.jobId)
    starter.mutate(
      {
        definition,
        ...(upTo === null ? {} : { scanBudget: upTo }),
        ...(cost === undefined || of !== 'files' ? {} : { cost }),
        ...(of === 'files' ? {} : { scope: run.scope }),
      },
      { onSuccess: ({ jobId }) => setCurrent({ jobId, ...run }) },
    )
  }
  const { told } = asking
  return {
    start: (wanted, upTo) => start(wanted, { upTo }),
    ask: (wanted, scope) => asking.ask({ definition: wanted, scope }, start),
    looking: asking.looking,
    cost: told?.isAnswered === false ? told.cost : null,
    met: told?.cost.examples ?? NONE,
    goOn: () => start(present, { cost: told?.cost, scope: told?.scope }),
    dismiss: asking.answer,
    budget,
    setBudget,
    cancel: starter.isPending || current === null ? null : () => cancel.mutate(current.jobId),
    busy,
    cancelling: cancel.isPending || Boolean(busy && job?.cancelRequested),
    done: job?.done ?? 0,
    message: job?.message ?? '',
    jobId: current?.jobId ?? null,
    report: last?.report ?? null,
    reportOf: last?.signature ?? null,
    startedOf: current?.signature ?? null,
    error: busy ? null : (explain(asking.refused) ?? explain(starter.error) ?? job?.error ?? null),
    stopped: !busy && job?.state === 'canceled',
  }
}

const NONE: readonly string[] = []

/** Looks what a listing takes before it is begun. What was told or refused is of the settings that it was asked under. */
function useAsking<S extends z.ZodType>({ of, definition: present, signatureOf }: ListingOptions<S>) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const [refusal, setRefusal] = useState<{ error: unknown; signature: string } | null>(null)
  const signature = signatureOf(present)
  const look = useLookFirst(useScanCost(), signature)
  function answer() {
    look.leave()
    setRefusal(null)
    setAsked((now) => now && { ...now, isAnswered: true })
  }
  /** Calls `list` at once where nobody has to be asked. */
  function ask(
    { definition, scope = 'matching' }: { definition: DatasetDefinition; scope?: ListingScope | undefined },
    list: (definition: DatasetDefinition, start: Start) => void,
  ) {
    answer()
    const wanted = signatureOf(definition)
    look.ask({ definition, of, scope }, wanted, (next) => {
      if (next.step === 'nothing') return
      if (next.step === 'refuse') {
        setRefusal({ error: next.error, signature: wanted })
        return
      }
      const { cost } = next
      if (cost !== undefined) setAsked({ definition, scope, cost, isAnswered: next.step === 'list' })
      if (next.step === 'list') list(definition, { cost, scope })
    })
  }
  return {
    answer,
    ask,
    looking: look.looking,
    told: asked !== null && signatureOf(asked.definition) === signature ? asked : null,
    refused: refusal?.signature === signature ? refusal.error : null,
  }
}

function explain(error: unknown): JobError | null {
  if (!(error instanceof ApiError)) return null
  const { code, detail, details } = error.problem
  const { reason, where, remedy, ask } = details
  return {
    code,
    message: detail,
    ...(reason === undefined ? {} : { reason }),
    ...(where === undefined ? {} : { where }),
    ...(remedy === undefined ? {} : { remedy }),
    ...(ask === undefined ? {} : { ask }),
  }
}

/** The job of a listing, kept in this tab under its key: what was listed before a reload is found again. */
function useRemembered(memoryKey: string | null): [Run | null, (next: Run) => void] {
  const [current, setCurrent] = useState(() => (memoryKey ? readRun(memoryKey) : null))
  useEffect(() => {
    if (!memoryKey || !current) return
    try {
      sessionStorage.setItem(memoryKey, JSON.stringify(current))
    } catch {
      // Without storage a reload lists again.
    }
  }, [memoryKey, current])
  return [current, setCurrent]
}

function readRun(memoryKey: string): Run | null {
  try {
    return run.parse(JSON.parse(sessionStorage.getItem(memoryKey) ?? 'null'))
  } catch {
    return null
  }
}
