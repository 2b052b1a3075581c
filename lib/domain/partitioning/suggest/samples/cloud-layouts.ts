import { layOut } from './lay-out'
import type { LayoutSample } from './layout-sample'

const REGIONS = { a: ['eu-west-1', 'us-east-1'] }
const ACCOUNTS = { a: ['123456789012', '210987654321'], b: REGIONS.a }
const AZURE =
  '/resourceId=/SUBSCRIPTIONS/1C2D/RESOURCEGROUPS/PROD/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/{a}/y={Y}/m={M}/d={D}/h={H}/m=00/PT1H.json'

/** Where the services of clouds put their logs. */
export const CLOUD_LAYOUTS: LayoutSample[] = [
  {
    kind: 'CloudTrail',
    paths: layOut(
      '/AWSLogs/123456789012/CloudTrail/{a}/{Y}/{M}/{D}/123456789012_CloudTrail_{a}_{Y}{M}{D}T{H}{m}Z_{id}.json.gz',
      REGIONS,
    ),
    first: '/AWSLogs/123456789012/CloudTrail/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'CloudTrail of an organization',
    paths: layOut(
      '/AWSLogs/o-exampleorgid/{a}/CloudTrail/{b}/{Y}/{M}/{D}/{a}_CloudTrail_{b}_{Y}{M}{D}T{H}{m}Z_{id}.json.gz',
      ACCOUNTS,
    ),
    first: '/AWSLogs/o-exampleorgid/%{account}/CloudTrail/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'CloudTrail with digests',
    paths: layOut('/AWSLogs/123456789012/{b}/{a}/{Y}/{M}/{D}/{id}.json.gz', {
      ...REGIONS,
      b: ['CloudTrail', 'CloudTrail-Digest', 'CloudTrail-Insight'],
    }),
    first: '/AWSLogs/123456789012/%{dimension}/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'VPC flow logs',
    paths: layOut(
      '/AWSLogs/123456789012/vpcflowlogs/{a}/{Y}/{M}/{D}/123456789012_vpcflowlogs_{a}_fl-0a1b2c3d_{Y}{M}{D}T{H}{m}Z_{id}.log.gz',
      REGIONS,
    ),
    first: '/AWSLogs/123456789012/vpcflowlogs/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'VPC flow logs with keys',
    paths: layOut(
      '/AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region={a}/year={Y}/month={M}/day={D}/hour={H}/123456789012_vpcflowlogs_{a}_{Y}{M}{D}T{H}{m}Z_{id}.log.parquet',
      REGIONS,
    ),
    first:
      '/AWSLogs/aws-account-id=%{aws-account-id}/aws-service=%{aws-service}/aws-region=%{aws-region}/year=%Y/month=%M/day=%D/.*',
  },
  {
    kind: 'ALB access logs',
    paths: layOut(
      '/AWSLogs/123456789012/elasticloadbalancing/{a}/{Y}/{M}/{D}/123456789012_elasticloadbalancing_{a}_app.my-lb.50dc6c495c0c9188_{Y}{M}{D}T{H}{m}Z_10.0.0.1_{id}.log.gz',
      REGIONS,
    ),
    first: '/AWSLogs/123456789012/elasticloadbalancing/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'S3 access logs',
    paths: layOut('/{Y}-{M}-{D}-{H}-{m}-07-{id}'),
    first: '/%Y-%M-%D.*',
  },
  {
    kind: 'S3 access logs by date',
    paths: layOut('/123456789012/eu-west-1/my-bucket/{Y}/{M}/{D}/{Y}-{M}-{D}-{H}-{m}-07-{id}'),
    first: '/123456789012/%{region}/my-bucket/%Y/%M/%D/.*',
  },
  {
    kind: 'CloudFront',
    paths: layOut('/cdn/EMLARXS9EXAMPLE.{Y}-{M}-{D}-{H}.{id}.gz'),
    first: '/cdn/EMLARXS9EXAMPLE\\.%Y-%M-%D.*',
  },
  {
    kind: 'WAF',
    paths: layOut(
      '/AWSLogs/123456789012/WAFLogs/{a}/my-acl/{Y}/{M}/{D}/{H}/{m}/123456789012_waflogs_{a}_my-acl_{Y}{M}{D}T{H}{m}Z_{id}.log.gz',
      REGIONS,
    ),
    first: '/AWSLogs/123456789012/WAFLogs/%{region}/my-acl/%Y/%M/%D/.*',
  },
  {
    kind: 'GuardDuty',
    paths: layOut('/AWSLogs/{a}/GuardDuty/{b}/{Y}/{M}/{D}/{uuid}.jsonl.gz', ACCOUNTS),
    first: '/AWSLogs/%{account}/GuardDuty/%{region}/%Y/%M/%D/.*',
  },
  {
    kind: 'Firehose',
    paths: layOut('/{Y}/{M}/{D}/{H}/clicks-1-{Y}-{M}-{D}-{H}-{m}-07-{uuid}'),
    first: '/%Y/%M/%D/.*',
  },
  {
    kind: 'Firehose of several streams',
    paths: layOut('/{a}/{Y}/{M}/{D}/{H}/{a}-1-{Y}-{M}-{D}-{H}-{m}-07-{uuid}.gz', {
      a: ['clicks', 'orders', 'views'],
    }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'Azure Monitor',
    paths: layOut(AZURE, { a: ['V1'] }),
    first:
      '/resourceId=/SUBSCRIPTIONS/1C2D/RESOURCEGROUPS/PROD/PROVIDERS/MICROSOFT\\.KEYVAULT/VAULTS/V1/y=%Y/m=%M/d=%D/.*',
  },
  {
    kind: 'Azure Monitor of several resources',
    paths: layOut(AZURE, { a: ['KEYS', 'SECRETS'] }),
    first:
      '/resourceId=/SUBSCRIPTIONS/1C2D/RESOURCEGROUPS/PROD/PROVIDERS/MICROSOFT\\.KEYVAULT/VAULTS/%{dimension}/y=%Y/m=%M/d=%D/.*',
  },
  {
    kind: 'Azure storage logs',
    paths: layOut('/{a}/{Y}/{M}/{D}/{H}00/000000.log', { a: ['blob', 'queue', 'table'] }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'Event Hubs Capture',
    paths: layOut('/my-namespace/my-hub/{a}/{Y}/{M}/{D}/{H}/{m}/07.avro', { a: ['0', '1', '2', '3'] }),
    first: '/my-namespace/my-hub/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'Google Cloud log sink',
    paths: layOut('/syslog/{Y}/{M}/{D}/{H}:00:00_{H}:59:59_S0.json'),
    first: '/syslog/%Y/%M/%D/.*',
  },
  {
    kind: 'Google Cloud log sinks',
    paths: layOut('/{a}/{Y}/{M}/{D}/{H}:00:00_{H}:59:59_S0.json', {
      a: ['cloudaudit.googleapis.com', 'stderr', 'stdout'],
    }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'Google Cloud Storage usage logs',
    paths: layOut('/my-bucket_usage_{Y}_{M}_{D}_{H}_00_00_{id}_v0'),
    first: '/my-bucket_usage_%Y_%M_%D.*',
  },
]
