import {
  Archive,
  ArrowDown,
  ArrowUp,
  Bell,
  Boxes,
  Braces,
  Calendar,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Clock,
  Columns3,
  Contrast,
  Copy,
  createLucideIcon,
  Database,
  Download,
  Ellipsis,
  ExternalLink,
  Eye,
  EyeOff,
  File,
  Folder,
  Gauge,
  GitFork,
  Group,
  Info,
  KeyRound,
  LayoutGrid,
  Link2,
  List,
  ListFilter,
  LoaderCircle,
  Lock,
  LogOut,
  Maximize,
  Menu,
  Merge,
  Minus,
  Monitor,
  Moon,
  Pencil,
  Play,
  Plug,
  Plus,
  Puzzle,
  RefreshCw,
  RotateCcw,
  ScrollText,
  Search,
  Server,
  Shield,
  SlidersHorizontal,
  Square,
  Sun,
  Trash2,
  TriangleAlert,
  Undo2,
  Upload,
  User,
  Users,
  WandSparkles,
  X,
  ZoomIn,
} from 'lucide-react'
import type { ComponentProps } from 'react'
import { classes } from './classes'

const Bucket = createLucideIcon('bucket', [
  ['path', { key: 'rim', d: 'M4 6c0 1.700 3.600 3 8 3s8-1.300 8-3-3.600-3-8-3-8 1.300-8 3z' }],
  ['path', { key: 'body', d: 'M4 6l2 13c0 1 2.700 2 6 2s6-1 6-2l2-13' }],
])

const SmallCircle = createLucideIcon('small-circle', [['circle', { key: 'ring', cx: 12, cy: 12, r: 7 }]])

const DRAWINGS = {
  alert: TriangleAlert,
  archive: Archive,
  bell: Bell,
  bucket: Bucket,
  calendar: Calendar,
  check: Check,
  circle: SmallCircle,
  clock: Clock,
  columns: Columns3,
  contrast: Contrast,
  copy: Copy,
  database: Database,
  dots: Ellipsis,
  down: ChevronDown,
  download: Download,
  external: ExternalLink,
  eye: Eye,
  'eye-off': EyeOff,
  file: File,
  filter: ListFilter,
  fit: Maximize,
  folder: Folder,
  fork: GitFork,
  gauge: Gauge,
  group: Group,
  help: CircleHelp,
  info: Info,
  join: Merge,
  json: Braces,
  key: KeyRound,
  left: ChevronLeft,
  link: Link2,
  list: List,
  loader: LoaderCircle,
  lock: Lock,
  menu: Menu,
  minus: Minus,
  monitor: Monitor,
  moon: Moon,
  'move-down': ArrowDown,
  'move-up': ArrowUp,
  pencil: Pencil,
  play: Play,
  plug: Plug,
  plus: Plus,
  prepare: WandSparkles,
  puzzle: Puzzle,
  refresh: RefreshCw,
  revert: RotateCcw,
  right: ChevronRight,
  scroll: ScrollText,
  search: Search,
  server: Server,
  shield: Shield,
  'sign-out': LogOut,
  sliders: SlidersHorizontal,
  squares: LayoutGrid,
  stack: Boxes,
  stop: Square,
  sun: Sun,
  trash: Trash2,
  undo: Undo2,
  upload: Upload,
  user: User,
  users: Users,
  x: X,
  zoom: ZoomIn,
} as const

export type IconName = keyof typeof DRAWINGS
export type Tone = 'ok' | 'warn' | 'bad' | 'busy'

export interface IconProps extends Omit<ComponentProps<'svg'>, 'ref'> {
  name: IconName
  size?: 'm' | 'l'
  tone?: Tone | undefined
  /** Said to screen readers; without it the icon is decoration. */
  label?: string
}

/** One drawing at 16 px (20 px with `size="l"`), 1.5 stroke, in the colour of the text around it. */
export function Icon({ name, size = 'm', tone, label, className, ...rest }: IconProps) {
  const Drawing = DRAWINGS[name]
  const spoken = label ? ({ role: 'img', 'aria-label': label } as const) : ({ 'aria-hidden': true } as const)
  const spin = name === 'loader' && 'spin'
  return (
    <Drawing className={classes('icon', size === 'l' && 'l', tone, spin, className)} {...spoken} {...rest} />
  )
}
