import { fail, type Issue, ok, type Result } from '../result'
import { checkEndpoint, type EndpointPolicy, isBucketName, isRegion } from './endpoint'
import type { OwnParams } from './params'
import { parseFolderPath } from './paths'

export interface ParamsRules {
  endpoints: EndpointPolicy
  /** Whether the operator lets connections use the server's own credentials. */
  environmentAllowed: boolean
}

/** Checks the settings of a connection and gives them back in their one spelling; each issue names its field. */
export function checkParams(params: OwnParams, rules: ParamsRules): Result<OwnParams> {
  const issues: Issue[] = [...credentialIssues(params, rules), ...addressIssues(params, rules)]
  const root = folder(params.root, ['root'], issues)
  const defaultPath = folder(params.defaultPath, ['defaultPath'], issues)
  const allowedPrefixes = params.allowedPrefixes.map((text, at) =>
    folder(text, ['allowedPrefixes', at], issues),
  )
  if (params.bucket === '' && root !== '/')
    issues.push(issue('root', 'root-without-bucket', 'With free selection of the bucket, the path is "/".'))
  if (params.allowManagedDatasets && !params.allowWrite)
    issues.push(issue('allowManagedDatasets', 'managed-without-write', 'Managed datasets need Allow write.'))
  if (issues.length > 0) return fail(...issues)
  return ok({ ...params, root, defaultPath, allowedPrefixes: [...new Set(allowedPrefixes)].sort() })
}

function credentialIssues(params: OwnParams, rules: ParamsRules): Issue[] {
  const { credentials, accessKeyId, roleArn } = params
  if (credentials === 'ENVIRONMENT') {
    if (rules.environmentAllowed) return []
    const message = "The operator does not allow connections to use this server's own credentials."
    return [issue('credentials', 'environment-not-allowed', message)]
  }
  const issues: Issue[] = []
  if (!/^[\w.+=/@-]{3,128}$/.test(accessKeyId))
    issues.push(issue('accessKeyId', 'access-key', 'Enter the access key, as its store shows it.'))
  if (
    credentials === 'STS_ASSUME_ROLE' &&
    !/^arn:[a-z0-9-]+:(iam|sts):[\w-]*:[\w-]*:[\w+=,.@/-]+$/.test(roleArn)
  )
    issues.push(issue('roleArn', 'role-arn', 'Enter the role as arn:aws:iam::123456789012:role/NAME.'))
  return issues
}

function addressIssues(params: OwnParams, rules: ParamsRules): Issue[] {
  const issues: Issue[] = []
  if (!isRegion(params.region))
    issues.push(issue('region', 'region', 'A region is made of small letters, digits and "-": eu-west-3.'))
  if (params.endpoint !== '') {
    const checked = checkEndpoint(rules.endpoints, params.endpoint)
    if (!checked.ok) issues.push(...checked.issues)
  }
  for (const field of ['bucket', 'defaultBucket'] as const) {
    if (params[field] !== '' && !isBucketName(params[field]))
      issues.push(issue(field, 'bucket-name', 'This is not a name that a bucket can have.'))
  }
  return issues
}

function folder(text: string, path: (string | number)[], issues: Issue[]): string {
  const parsed = parseFolderPath(text === '' ? '/' : text)
  if (parsed.ok) return parsed.value
  issues.push(...parsed.issues.map((found) => ({ ...found, path })))
  return text
}

const issue = (field: string, reason: string, message: string): Issue => ({ reason, message, path: [field] })
