import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { startS3 } from './server.mjs'

export const WRITER = { accessKeyId: 'WRITERKEY', secretAccessKey: 'writer-secret' }
export const READER = { accessKeyId: 'READERKEY', secretAccessKey: 'reader-secret', readOnly: true }

/** @returns {Promise<{ dir: string, remove: () => Promise<void> }>} an empty folder of its own */
export async function createTestFolder() {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'launchpad-s3-'))
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) }
}

/**
 * A server over an empty folder with a writer's and a reader's key.
 * @param {Partial<import('./server.mjs').S3Options>} [options]
 */
export async function startTestS3(options = {}) {
  const { dir, remove } = await createTestFolder()
  /** @type {string[]} */
  const notes = []
  const running = await startS3({ dir, keys: [WRITER, READER], log: (note) => notes.push(note), ...options })
  const stop = async () => {
    await running.close()
    await remove()
  }
  return { ...running, dir, notes, stop }
}

/**
 * @param {string} endpoint
 * @param {Partial<import('@aws-sdk/client-s3').S3ClientConfig>} [options]
 * @returns {S3Client} without retries, so that every refusal is seen
 */
export function createTestClient(endpoint, options = {}) {
  return new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: WRITER,
    maxAttempts: 1,
    ...options,
  })
}
