/** The part of a bucket that a session opens. */
export interface SessionScope {
  bucket: string
  /** Without a leading slash: `"lake/"`, or `""` for all of it. */
  root: string
  /** Below the root, beginning with `/`; none opens all of it. */
  allowedPrefixes: readonly string[]
  allowWrite: boolean
}

/** The policy that keeps a session of a role within a connection's part of its bucket, as JSON. */
export function sessionPolicy({ bucket, root, allowedPrefixes, allowWrite }: SessionScope): string {
  const folders = allowedPrefixes.length > 0 ? allowedPrefixes : ['/']
  const prefixes = folders.map((folder) => `${literal(root)}${literal(folder.slice(1))}*`)
  const arn = `arn:aws:s3:::${bucket}`
  const objects = allowWrite ? ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] : ['s3:GetObject']
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: 's3:ListBucket',
        Resource: arn,
        Condition: { StringLike: { 's3:prefix': prefixes } },
      },
      { Effect: 'Allow', Action: objects, Resource: prefixes.map((prefix) => `${arn}/${prefix}`) },
      {
        Effect: 'Allow',
        Action: allowWrite ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
        Resource: '*',
        Condition: { StringLike: { 'kms:ViaService': 's3.*' } },
      },
    ],
  })
}

/** In a policy `*`, `?` and `$` stand for other things than themselves. */
const literal = (text: string): string => text.replace(/[*?$]/g, (char) => `\${${char}}`)
