'use client'

import { type Dispatch, useState } from 'react'
import { GridSkeleton } from '#components/grid/grid-skeleton'
import { GridUpdating } from '#components/grid/grid-updating'
import { EmptyState } from '#components/ui/empty-state'
import { MiddleTruncate } from '#components/ui/middle-truncate'
import { Segmented } from '#components/ui/segmented'
import { Tooltip } from '#components/ui/tooltip'
import type { DatasetDefinition } from '#lib/domain/datasets/definition'
import { countUsedFiles, type FilesPreview } from '#lib/domain/datasets/files-preview'
import type { WizardStep } from '#lib/domain/datasets/wizard'
import { formatCount } from '#lib/domain/format'
import type { PreviewLook } from './preview-cells'
import { PreviewComparison } from './preview-compare'
import { FileMenu } from './preview-file-menu'
import { PreviewRows } from './preview-rows'
import { BinaryContent, PreviewFailed } from './preview-states'
import { ReadableFile } from './readable-file'
import { useDetection } from './use-detection'
import type { WizardSource } from './use-wizard-source'

interface PreviewPaneProps {
  definition: DatasetDefinition
  /** A person chose how the files are read, or some of it. */
  isChosen: boolean
  source: WizardSource
  /** Null where nothing can be changed. */
  dispatch: Dispatch<WizardStep> | null
  /** What is around it says "Preview" already. */
  untitled?: boolean
}

/** The first records of one real file as the settings read it, with everything that is wrong with it. */
export function PreviewPane({ definition, isChosen, source, dispatch, untitled }: PreviewPaneProps) {
  const { shown, missing } = source.preview
  const [look, setLook] = useState<PreviewLook>('parsed')
  const [compared, setCompared] = useState<{ path: string; place: string } | null>(null)
  const other = compared?.place === source.place ? compared.path : null
  return (
    <>
      <div className="pane-head">
        {!untitled && <h2>Preview</h2>}
        <Segmented
          label="Records"
          value={look}
          onValueChange={setLook}
          choices={[
            { value: 'parsed', label: 'Parsed' },
            { value: 'raw', label: 'Raw' },
            { value: 'both', label: 'Both' },
          ]}
        />
        {missing === null && (
          <FileChoice
            definition={definition}
            source={source}
            onCompare={(path) => setCompared({ path, place: source.place })}
          />
        )}
      </div>
      {missing === null && <UsedFile source={source} isCompared={other !== null} />}
      {missing === null && <ReadableFile source={source} />}
      {other !== null && shown && !missing ? (
        <PreviewComparison
          key={other}
          preview={source.preview}
          here={shown}
          file={other}
          look={look}
          onEnd={() => setCompared(null)}
        />
      ) : (
        <PreviewBody
          definition={definition}
          isChosen={isChosen}
          source={source}
          dispatch={dispatch}
          look={look}
        />
      )}
      {!shown && <div className="pane-foot" />}
    </>
  )
}

interface FileChoiceProps extends Pick<PreviewPaneProps, 'definition' | 'source'> {
  onCompare: (path: string) => void
}

/** Another file to look at, and one to hold beside it. */
function FileChoice({ definition, source, onCompare }: FileChoiceProps) {
  const detection = useDetection(source).data
  return (
    <div className="end flex gap-2">
      <FileMenu
        label="Another file"
        definition={definition}
        source={source}
        lead={
          source.file === null
            ? []
            : [{ label: 'The newest file', icon: 'undo', onSelect: () => source.chooseFile(null) }]
        }
        onChoose={source.chooseFile}
      />
      <FileMenu
        label="Compare with…"
        definition={definition}
        source={source}
        except={source.preview.shown?.usedPath}
        others={detection?.files.filter(({ sizeBytes, problem }) => sizeBytes > 0 && problem === null) ?? []}
        onChoose={onCompare}
      />
    </div>
  )
}

/** Which file is shown; its line keeps its place while the file is read, so that the rows do not move when it comes. */
function UsedFile({ source, isCompared }: { source: WizardSource; isCompared: boolean }) {
  const { shown, error, reading } = source.preview
  return (
    <p className="flex min-h-8 flex-none items-center gap-1.5 overflow-hidden border-b border-border px-4 muted small">
      {shown ? (
        <>
          <span className="whitespace-nowrap">Used</span>
          <MiddleTruncate text={shown.usedPath} tail={21} what="path" />
          <FurtherFiles preview={shown} />
          <GridUpdating updating={reading && !isCompared} />
          {source.file === null && <HowFound preview={shown} />}
        </>
      ) : (
        !error && <span>Reading a recent file</span>
      )}
    </p>
  )
}

/** The records of one file may be few: those of others follow them. */
function FurtherFiles({ preview }: { preview: FilesPreview }) {
  const further = countUsedFiles(preview) - 1
  return further > 0 && <span className="flex-none whitespace-nowrap">and {formatCount(further)} more</span>
}

/** Says of which files it is the newest, where not all of them were looked at. */
function HowFound({ preview: { newestOf, isOfLastFolder } }: { preview: FilesPreview }) {
  if (newestOf === undefined && !isOfLastFolder) return null
  const how =
    newestOf === undefined ? 'a file of the last folder' : `newest of ${formatCount(newestOf)} looked at`
  return (
    <Tooltip content="There are more files than are looked at for a preview. List files on the Files tab looks at all of them and finds the newest.">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the tip must be reachable by keyboard */}
      <span tabIndex={0} className="ml-auto flex-none whitespace-nowrap">
        {how}
      </span>
    </Tooltip>
  )
}

function PreviewBody({
  definition,
  isChosen,
  source,
  dispatch,
  look,
}: PreviewPaneProps & { look: PreviewLook }) {
  const { shown, error, reading, missing, refetch } = source.preview
  const detection = useDetection(source).data ?? null
  if (missing) {
    return (
      <Body>
        <EmptyState icon="file" title="No preview yet">
          {missing.message}
        </EmptyState>
      </Body>
    )
  }
  const failed = error && <PreviewFailed error={error} onRetry={refetch} />
  if (!shown) return <Body>{failed ?? <GridSkeleton label="Reading the preview" />}</Body>
  if (failed && shown.rows.length === 0) return <Body>{failed}</Body>
  if (shown.looksLike !== null && shown.rows.length === 0) {
    return (
      <Body>
        <BinaryContent preview={shown} definition={definition} detection={detection} dispatch={dispatch} />
      </Body>
    )
  }
  return (
    <PreviewRows
      preview={shown}
      definition={definition}
      isChosen={isChosen}
      look={look}
      updating={reading}
      stale={error !== null}
      notice={failed}
      detection={detection}
      onFix={dispatch}
    />
  )
}

const Body = ({ children }: { children: React.ReactNode }) => (
  <div className="flex min-h-0 flex-1 flex-col overflow-auto">{children}</div>
)
