import 'server-only'
import type { FileHandle } from 'node:fs/promises'
import { logger } from './logger'
import { giveWay } from './loop-slices'
import { folderOfStreams, openNamelessFile } from './nameless-file'

/** Fewer characters are held all the time. */
const LITTLE_CHARS = 32 * 1024
/** How long texts that were read again are held while nobody asks for them. */
const HELD_MS = 2_000
const TEXTS_OF_LINE = 1_000

/**
 * Texts that are asked for again and again, with long rests in between. Many stand in a file and are held in memory only while
 * they are asked for; where no file can be written, all the time.
 */
export class TextsAside {
  private held: ReadonlySet<string> | undefined
  private timer: NodeJS.Timeout | undefined

  private constructor(
    texts: ReadonlySet<string>,
    private readonly file: FileHandle | undefined,
  ) {
    this.held = texts
    if (file !== undefined) this.holdForNow()
  }

  /** Sets texts aside; to be closed. */
  static async of(texts: ReadonlySet<string>, folder: () => string = folderOfStreams): Promise<TextsAside> {
    let chars = 0
    for (const { length } of texts) chars += length
    // A part of a longer text, which is what ids may be, would hold all of it.
    if (chars <= LITTLE_CHARS)
      return new TextsAside(new Set(parseLine(JSON.stringify([...texts]))), undefined)
    return new TextsAside(texts, await write(texts, folder))
  }

  /** All of them, in the order in which they were given; not to be kept. */
  async all(): Promise<ReadonlySet<string>> {
    this.held ??= await this.readAgain()
    if (this.file !== undefined) this.holdForNow()
    return this.held
  }

  async close(): Promise<void> {
    clearTimeout(this.timer)
    this.held = undefined
    await this.file?.close()
  }

  private async readAgain(): Promise<Set<string>> {
    const texts = new Set<string>()
    if (this.file === undefined) return texts
    for await (const line of this.file.readLines({ start: 0, autoClose: false })) {
      for (const text of parseLine(line)) texts.add(text)
      const turn = giveWay()
      if (turn !== undefined) await turn
    }
    return texts
  }

  private holdForNow(): void {
    if (this.timer !== undefined) {
      this.timer.refresh()
      return
    }
    this.timer = setTimeout(() => {
      this.held = undefined
    }, HELD_MS).unref()
  }
}

/** A line for each thousand texts. Undefined where no file can be written. */
async function write(texts: ReadonlySet<string>, folder: () => string): Promise<FileHandle | undefined> {
  let file: FileHandle | undefined
  try {
    file = await openNamelessFile(folder())
    let line: string[] = []
    for (const text of texts) {
      line.push(text)
      if (line.length < TEXTS_OF_LINE) continue
      await file.appendFile(`${printLine(line)}\n`)
      line = []
    }
    await file.appendFile(printLine(line))
    return file
  } catch (err) {
    logger.warn({ err }, 'texts could not be set aside, and wait in memory')
    await file?.close()
    return undefined
  }
}

/** JSON without the two line ends that may stand in its texts as they are: lines are read apart there as well. */
const printLine = (texts: readonly string[]) =>
  JSON.stringify(texts).replace(/[\u2028\u2029]/g, (end) => `\\u${end.charCodeAt(0).toString(16)}`)

const parseLine = (line: string) => JSON.parse(line) as string[]
