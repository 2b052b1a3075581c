import { DAYS, layOut } from './lay-out'
import type { LayoutSample } from './layout-sample'

/** Dates and kinds in the names of folders, as people make them. */
export const FOLDER_LAYOUTS: LayoutSample[] = [
  { kind: 'days of one file', paths: ['/logs/2026/11/22/a.gz'], first: '/logs/%Y/%M/%D/.*' },
  { kind: 'a year of one file', paths: ['/fr/2026/x.gz'], first: '/fr/%Y/.*' },
  { kind: 'years', paths: layOut('/{a}/{Y}/{id}.gz', { a: ['de', 'fr'] }), first: '/%{dimension}/%Y/.*' },
  {
    kind: 'years of kinds',
    paths: layOut('/{Y}/{a}/{id}.gz', { a: ['de', 'fr'] }),
    first: '/%Y/%{dimension}/.*',
  },
  { kind: 'years with a key', paths: layOut('/year={Y}/{id}.gz'), first: '/year=%Y/.*' },
  { kind: 'months', paths: layOut('/{Y}/{M}/{id}.gz'), first: '/%Y/%M/.*' },
  { kind: 'months as one name', paths: layOut('/{Y}-{M}/{id}.gz'), first: '/%Y-%M/.*' },
  {
    kind: 'months as digits',
    paths: layOut('/{a}/{Y}{M}/{id}.gz', { a: ['de', 'fr'] }),
    first: '/%{dimension}/%Y%M/.*',
  },
  {
    kind: 'a region between year and month',
    paths: layOut('/{Y}/{a}/{M}/{D}/{id}', { a: ['eu', 'us'] }),
    first: '/%Y/%{dimension}/%M/%D/.*',
  },
  { kind: 'a region between, one file', paths: ['/2026/eu/09/01/x'], first: '/%Y/eu/%M/%D/.*' },
  {
    kind: 'a region between month and day',
    paths: layOut('/{Y}/{M}/{a}/{D}/{id}', { a: ['eu-west-1', 'us-east-1'] }),
    first: '/%Y/%M/%{region}/%D/.*',
  },
  {
    kind: 'two kinds between',
    paths: layOut('/{Y}/{a}/{b}/{M}/{D}/{id}', { a: ['eu', 'us'], b: ['app', 'web'] }),
    first: '/%Y/%{dimension}/%{dimension_2}/%M/%D/.*',
  },
  {
    kind: 'stores by number below a year are no months',
    paths: layOut('/{Y}/sales/{a}/{b}/{id}', { a: ['07', '19', '44'], b: ['01', '02'] }),
    first: '/%Y/.*',
  },
  {
    kind: 'repeats of coarser fields',
    paths: layOut('/x/{Y}/{Y}-{M}/{Y}-{M}-{D}/f{id}'),
    first: '/x/%Y/[0-9][0-9][0-9][0-9]-%M/[0-9][0-9][0-9][0-9]-[0-9][0-9]-%D/.*',
  },
  {
    kind: 'repeats as digits',
    paths: layOut('/{Y}/{Y}{M}/{Y}{M}{D}/f{id}'),
    first: '/%Y/[0-9][0-9][0-9][0-9]%M/[0-9][0-9][0-9][0-9][0-9][0-9]%D/.*',
  },
  {
    kind: 'repeats of the year alone',
    paths: layOut('/{Y}/{Y}-{M}-{D}/f{id}'),
    first: '/%Y/[0-9][0-9][0-9][0-9]-%M-%D/.*',
  },
  {
    kind: 'repeats with keys',
    paths: layOut('/year={Y}/month={Y}-{M}/day={Y}-{M}-{D}/f{id}'),
    first: '/year=%Y/month=[0-9][0-9][0-9][0-9]-%M/day=[0-9][0-9][0-9][0-9]-[0-9][0-9]-%D/.*',
  },
  {
    kind: 'repeats below a month',
    paths: layOut('/{Y}/{M}/{Y}{M}{D}/f{id}'),
    first: '/%Y/%M/[0-9][0-9][0-9][0-9][0-9][0-9]%D/.*',
  },
  {
    kind: 'days with joints of other kinds',
    paths: layOut('/{Y}.{M}.{D}/f{id}'),
    first: '/%Y\\.%M\\.%D/.*',
  },
  { kind: 'day first', paths: layOut('/{D}-{M}-{Y}/f{id}'), first: '/%D-%M-%Y/.*' },
  { kind: 'day first that nothing tells', paths: ['/01-09-2026/f'], first: null },
  {
    kind: 'day first in folders',
    paths: layOut('/{D}/{M}/{Y}/f{id}'),
    first: '/%D/%M/%Y/.*',
    behind: ['/[0-9][0-9]/%M/%Y/.*', '/[0-9][0-9]/[0-9][0-9]/%Y/.*'],
  },
  {
    kind: 'month first in folders of countries',
    paths: layOut('/{a}/{M}/{D}/{Y}/f{id}', { a: ['de', 'fr'] }),
    first: '/%{dimension}/%M/%D/%Y/.*',
  },
  {
    kind: 'day first in folders, by hour',
    paths: layOut('/logs/{D}/{M}/{Y}/{H}/f{id}'),
    first: '/logs/%D/%M/%Y/.*',
    behind: ['/logs/%D/%M/%Y/%H/.*'],
  },
  {
    kind: 'day first with keys, which tell it',
    paths: layOut('/day={D}/month={M}/year={Y}/f{id}', { days: ['2026-09-01', '2026-10-02'] }),
    first: '/day=%D/month=%M/year=%Y/.*',
  },
  {
    kind: 'kinds below days first',
    paths: layOut('/{D}/{M}/{Y}/{a}/f{id}', { a: ['app', 'web'] }),
    first: '/%D/%M/%Y/%{dimension}/.*',
  },
  { kind: 'day first with a key', paths: layOut('/dt={D}.{M}.{Y}/f{id}'), first: '/dt=%D\\.%M\\.%Y/.*' },
  { kind: 'month first', paths: layOut('/{M}-{D}-{Y}/f{id}'), first: '/%M-%D-%Y/.*' },
  {
    kind: 'stores and departments above a date',
    paths: layOut('/{a}/{b}/{Y}/{M}/{D}/f{id}', { a: ['07', '19', '28'], b: ['01', '02'] }),
    first: '/%{dimension}/%{dimension_2}/%Y/%M/%D/.*',
  },
  {
    kind: 'stores and departments above a year',
    paths: layOut('/{a}/{b}/{Y}/f{id}', { a: ['07', '19', '44', '61'], b: ['01', '02'] }),
    first: '/%{dimension}/%{dimension_2}/%Y/.*',
  },
  {
    kind: 'day first in folders that nothing tells',
    paths: ['/01/09/2026/f', '/02/09/2026/f', '/03/10/2026/f'],
    first: '/%{dimension}/%{dimension_2}/%Y/.*',
  },
  { kind: 'weeks', paths: layOut('/{a}/f{id}', { a: ['2026-W34', '2026-W35'] }), first: '/%{week}/.*' },
  {
    kind: 'weeks as one word',
    paths: layOut('/{a}/f{id}', { a: ['2026W34', '2026W35'] }),
    first: '/%{week}/.*',
  },
  { kind: 'weeks of years', paths: layOut('/{Y}/{a}/f{id}', { a: ['W34', 'W35'] }), first: '/%Y/%{week}/.*' },
  {
    kind: 'weeks with keys',
    paths: layOut('/year={Y}/week={a}/f{id}', { a: ['34', '35'] }),
    first: '/year=%Y/week=%{week}/.*',
  },
  {
    kind: 'quarters of years',
    paths: layOut('/{Y}/{a}/f{id}', { a: ['Q3', 'Q4'] }),
    first: '/%Y/%{quarter}/.*',
  },
  { kind: 'quarters', paths: layOut('/{a}/f{id}', { a: ['2026-Q3', '2026Q4'] }), first: '/%{quarter}/.*' },
  {
    kind: 'months by name',
    paths: layOut('/{Y}/{a}/f{id}', { a: ['Sep', 'Oct', 'Nov'] }),
    first: '/%Y/%{month}/.*',
  },
  {
    kind: 'months and days of one digit',
    paths: layOut('/{Y}/{a}/{b}/f{id}', { a: ['9', '10'], b: ['1', '2', '30'] }),
    first: '/%Y/.*',
  },
  {
    kind: 'versions of an interface',
    paths: layOut('/{a}/{Y}/{M}/{D}/f{id}', { a: ['v1', 'v2'] }),
    first: '/%{version}/%Y/%M/%D/.*',
  },
  { kind: 'one version', paths: layOut('/v1/{Y}/{M}/{D}/f{id}'), first: '/v1/%Y/%M/%D/.*' },
  { kind: 'runs named by UUID', paths: layOut('/{uuid}/{Y}/{M}/{D}/f'), first: '/[^/]+/%Y/%M/%D/.*' },
  {
    kind: 'tenants named by UUID',
    paths: layOut('/{a}/{Y}/{M}/{D}/f{id}', {
      a: ['5f0c8e9a-6f0e-4e0b-8d5c-0f9a2b1c3d4e', '77b2c1d0-1a2b-4c3d-9e8f-a0b1c2d3e4f5'],
    }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  { kind: 'UUID alone', paths: layOut('/{uuid}/f'), first: null },
  {
    kind: 'tenants that look like years to come',
    paths: layOut('/{a}/{Y}/{M}/{D}/f{id}', { a: ['2101', '2102', '2103'] }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'tenants that look like years to come, alone',
    paths: layOut('/{a}/f{id}', { a: ['2101', '2102', '2103'] }),
    first: null,
  },
  {
    kind: 'tenants of which some look like years',
    paths: layOut('/tenants/{a}/f{id}', { a: ['1998', '2003', '2051', '2112', '307', '4410'] }),
    first: null,
  },
  {
    kind: 'a tenant that is a number and a month',
    paths: layOut('/tenant=2026/{Y}/{M}/{D}/f{id}'),
    first: '/tenant=%{tenant}/%Y/%M/%D/.*',
  },
  {
    kind: 'seconds since 1970',
    paths: layOut('/{a}/f{id}', { a: ['1795000000', '1795003600'] }),
    first: null,
  },
  {
    kind: 'dates that do not exist',
    paths: ['/20261399/f', '/20261301/f', '/20260015/f', '/20269999/f'],
    first: null,
  },
  {
    kind: 'days and one that does not exist',
    paths: [...layOut('/{Y}/{M}/{D}/f{id}'), '/2026/02/30/f'],
    first: '/%Y/%M/%D/.*',
    matched: 24,
  },
  {
    kind: 'several layouts',
    paths: [
      ...layOut('/raw/{Y}/{M}/{D}/f{id}'),
      ...layOut('/old/dt={Y}-{M}-{D}/f{id}', { days: DAYS.slice(0, 3) }),
      '/README',
    ],
    first: '/raw/%Y/%M/%D/.*',
    matched: 24,
    behind: ['/old/dt=%Y-%M-%D/.*'],
  },
  {
    kind: 'two layouts half and half',
    paths: [...layOut('/{Y}/{M}/{D}/f{id}'), ...layOut('/dt={Y}-{M}-{D}/f{id}')],
    first: '/%Y/%M/%D/.*',
    matched: 24,
    behind: ['/dt=%Y-%M-%D/.*'],
  },
  {
    kind: 'days, and a year of other things',
    paths: [...layOut('/{Y}/{M}/{D}/f{id}'), '/2026/README', '/2025/README'],
    first: '/%Y/%M/%D/.*',
    matched: 24,
    behind: ['/%Y/.*'],
  },
  {
    kind: 'a sample of many customers, each but once',
    paths: layOut('/{a}-{n}/{Y}/{M}/{D}/f{id}', { a: ['customer', 'partner', 'team', 'branch', 'shop'] }),
    first: '/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'shards before days',
    paths: layOut('/{a}/{Y}/{M}/{D}/f{id}', { a: [...'0123456789abcdef'] }),
    first: '/[^/]+/%Y/%M/%D/.*',
  },
  {
    kind: 'kinds without dates',
    paths: layOut('/{a}/{b}/f{id}.csv', { a: ['eu', 'us'], b: ['app', 'web', 'db'] }),
    first: '/%{dimension}/%{dimension_2}/.*',
  },
  { kind: 'nothing that recurs', paths: ['/a.csv', '/b.csv', '/c.csv'], first: null },
  { kind: 'no file', paths: [], first: null },
]
