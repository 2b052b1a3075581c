import { layOut } from './lay-out'
import type { LayoutSample } from './layout-sample'

/** Dates in the names of files. */
export const FILE_NAME_LAYOUTS: LayoutSample[] = [
  {
    kind: 'logrotate',
    paths: layOut('/var/log/{a}-{Y}{M}{D}.gz', { a: ['messages', 'secure'] }),
    first: '/var/log/%{dimension}-%Y%M%D.*',
  },
  {
    kind: 'Logback',
    paths: layOut('/app.{Y}-{M}-{D}.{n}.log.gz'),
    first: '/app\\.%Y-%M-%D.*',
  },
  {
    kind: 'PostgreSQL',
    paths: layOut('/postgresql-{Y}-{M}-{D}_{H}{m}07.log'),
    first: '/postgresql-%Y-%M-%D.*',
  },
  {
    kind: 'Tomcat',
    paths: layOut('/localhost_access_log.{Y}-{M}-{D}.txt'),
    first: '/localhost_access_log\\.%Y-%M-%D.*',
  },
  {
    kind: 'IIS, years of two digits',
    paths: ['/W3SVC1/u_ex261121.log', '/W3SVC1/u_ex261122.log', '/W3SVC1/u_ex251231.log'],
    first: null,
  },
  {
    kind: 'app names with digits',
    paths: layOut('/{a}/{a}-{Y}{M}{D}.log', { a: ['log4j2', 'app2026', 'win10'] }),
    first: '/%{dimension}/[^/]*-%Y%M%D.*',
  },
  {
    kind: 'hosts and dates',
    paths: layOut('/{a}_{Y}-{M}-{D}_{H}.log', { a: ['ip-10-0-0-1', 'ip-10-0-0-2'] }),
    first: '/%{dimension}_%Y-%M-%D.*',
  },
  { kind: 'months in names', paths: ['/sales_202401.csv', '/sales_202402.csv'], first: '/sales_%Y%M.*' },
  { kind: 'one month in a name', paths: ['/sales_202401.csv'], first: '/sales_%Y%M.*' },
  {
    kind: 'months in names of several countries',
    paths: layOut('/{a}/sales_{Y}{M}.csv', { a: ['fr', 'de'] }),
    first: '/%{dimension}/sales_%Y%M.*',
  },
  { kind: 'months glued to a word', paths: ['/sales202401.csv', '/sales202402.csv'], first: '/sales%Y%M.*' },
  {
    kind: 'months with a joint',
    paths: layOut('/yellow_tripdata_{Y}-{M}.parquet'),
    first: '/yellow_tripdata_%Y-%M.*',
  },
  { kind: 'years in names', paths: ['/report_2024.csv', '/report_2025.csv'], first: '/report_%Y.*' },
  {
    kind: 'moments',
    paths: layOut('/export/{Y}{M}{D}T{H}{m}07Z.json'),
    first: '/export/%Y%M%D.*',
    behind: ['/export/%Y%M%DT%H.*'],
  },
  {
    kind: 'hours with a T',
    paths: layOut('/export/{Y}{M}{D}T{H}/x.json'),
    first: '/export/%Y%M%D.*',
    behind: ['/export/%Y%M%DT%H/.*'],
  },
  {
    kind: 'day first as digits, which any number may be',
    paths: layOut('/bank/extract_{D}{M}{Y}.csv'),
    first: null,
  },
  {
    kind: 'day first with joints',
    paths: layOut('/bank/{D}-{M}-{Y}.csv'),
    first: '/bank/%D-%M-%Y.*',
  },
  {
    kind: 'order numbers',
    paths: Array.from({ length: 60 }, (_, at) => `/orders/order-${20260980 + at}.pdf`),
    first: null,
  },
  {
    kind: 'hexadecimal names',
    paths: Array.from(
      { length: 40 },
      (_, at) => `/blobs/${((at + 1) * 2_654_435_761 * 4_097).toString(16).slice(0, 12)}201907be.bin`,
    ),
    first: null,
  },
  {
    kind: 'versions in names',
    paths: ['/dist/app-1.20.4.jar', '/dist/app-1.21.0.jar', '/dist/app-2.0.11.jar'],
    first: null,
  },
]
