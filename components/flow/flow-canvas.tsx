'use client'

import '@xyflow/react/dist/base.css'
import {
  MiniMap,
  type Node,
  type NodeProps,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useViewport,
} from '@xyflow/react'
import { type FocusEvent, type KeyboardEvent, useEffect, useMemo, useRef } from 'react'
import { Button } from '#components/ui/button'
import type { DatasetItem } from '#lib/domain/datasets/wire'
import { DatasetSquare } from './dataset-square'
import {
  isDirection,
  NODE_HEIGHT_PX,
  NODE_WIDTH_PX,
  neighbourOf,
  placeOf,
  viewAtFirst,
  viewOf,
} from './flow-layout'

export interface FlowCanvasProps {
  datasets: readonly DatasetItem[]
  /** Name of the chosen dataset. */
  chosen: string | null
  onChoose: (name: string) => void
  /** Double click, or Enter on the chosen one. */
  onOpen: (name: string) => void
}

type DatasetNode = Node<
  { dataset: DatasetItem; chosen: boolean; onChoose: (name: string) => void; onOpen: (name: string) => void },
  'dataset'
>

const NODE_TYPES = { dataset: DatasetNodeView }
/** No closer than as drawn: a single dataset does not fill the page. */
const FIT = { padding: 0.15, maxZoom: 1 }

/** The canvas: squares that one can move through by arrows, drag, zoom and fit. */
export function FlowCanvas(props: FlowCanvasProps) {
  return (
    <ReactFlowProvider>
      <Canvas {...props} />
    </ReactFlowProvider>
  )
}

function Canvas({ datasets, chosen, onChoose, onOpen }: FlowCanvasProps) {
  const canvas = useRef<HTMLElement>(null)
  const flow = useReactFlow()
  const nodes = useMemo(
    () =>
      datasets.map(
        (dataset, index): DatasetNode => ({
          id: dataset.name,
          type: 'dataset',
          position: placeOf(index),
          width: NODE_WIDTH_PX,
          height: NODE_HEIGHT_PX,
          data: { dataset, chosen: dataset.name === chosen, onChoose, onOpen },
        }),
      ),
    [datasets, chosen, onChoose, onOpen],
  )
  const names = datasets.map((dataset) => dataset.name).join('/')
  // biome-ignore lint/correctness/useExhaustiveDependencies: placed anew when other datasets are shown, not when one is chosen
  useEffect(() => {
    const frame = canvas.current?.getBoundingClientRect()
    if (frame) void flow.setViewport(viewAtFirst(datasets.length, frame))
  }, [flow, names])
  const move = (event: KeyboardEvent) => {
    const at = datasets.findIndex((dataset) => dataset.name === (event.target as HTMLElement).dataset.name)
    if (at < 0 || !isDirection(event.key)) return
    event.preventDefault()
    const to = neighbourOf(at, event.key, datasets.length)
    const name = to === null ? undefined : datasets[to]?.name
    canvas.current?.querySelector<HTMLElement>(`[data-name="${CSS.escape(name ?? '')}"]`)?.focus()
  }
  const reveal = ({ target }: FocusEvent<HTMLElement>) => {
    const at = datasets.findIndex((dataset) => dataset.name === target.dataset.name)
    // A press must find under it what it was made on.
    if (at < 0 || !target.matches(':focus-visible') || !canvas.current) return
    const view = flow.getViewport()
    const next = viewOf(at, view, canvas.current.getBoundingClientRect())
    if (next.x !== view.x || next.y !== view.y) void flow.setViewport(next)
  }
  return (
    <section className="flow" aria-label="Flow" ref={canvas} onKeyDown={move} onFocus={reveal}>
      <ReactFlow
        nodes={nodes}
        nodeTypes={NODE_TYPES}
        minZoom={0.2}
        maxZoom={2}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        elementsSelectable={false}
        disableKeyboardA11y
        proOptions={{ hideAttribution: true }}
      >
        <Zoom />
        <MiniMap
          className="minimap"
          style={{ width: 148, height: 92 }}
          ariaLabel="Map of the Flow"
          nodeColor="var(--dataset)"
          maskColor="transparent"
          bgColor="transparent"
        />
      </ReactFlow>
    </section>
  )
}

function DatasetNodeView({ data }: NodeProps<DatasetNode>) {
  return (
    <DatasetSquare
      dataset={data.dataset}
      chosen={data.chosen}
      onChoose={data.onChoose}
      onOpen={data.onOpen}
    />
  )
}

function Zoom() {
  const { zoomIn, zoomOut, fitView } = useReactFlow()
  const { zoom } = useViewport()
  return (
    <div className="zoom nopan nodrag">
      <Button variant="ghost" square icon="minus" aria-label="Zoom out" onClick={() => zoomOut()} />
      <span className="num">{Math.round(zoom * 100)} %</span>
      <Button variant="ghost" square icon="plus" aria-label="Zoom in" onClick={() => zoomIn()} />
      <Button variant="ghost" square icon="fit" aria-label="Fit" onClick={() => fitView(FIT)} />
    </div>
  )
}
