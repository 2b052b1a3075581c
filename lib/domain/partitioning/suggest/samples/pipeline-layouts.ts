import { layOut } from './lay-out'
import type { LayoutSample } from './layout-sample'

const TOPICS = { a: ['orders', 'payments'] }

/** How programs that move and keep data lay files out. */
export const PIPELINE_LAYOUTS: LayoutSample[] = [
  {
    kind: 'Hive by day',
    paths: layOut('/warehouse/sales.db/orders/dt={Y}-{M}-{D}/000000_0'),
    first: '/warehouse/sales\\.db/orders/dt=%Y-%M-%D/.*',
  },
  {
    kind: 'Hive by day and country',
    paths: layOut('/orders/ds={Y}{M}{D}/country={a}/00000{n}_0', { a: ['de', 'fr', 'us'] }),
    first: '/orders/ds=%Y%M%D/country=%{country}/.*',
  },
  {
    kind: 'Spark by year, month and day',
    paths: layOut('/events/year={Y}/month={M}/day={D}/part-00000-{uuid}.c000.snappy.parquet'),
    first: '/events/year=%Y/month=%M/day=%D/.*',
  },
  {
    kind: 'Spark with numbers of one digit',
    paths: [
      ...layOut('/events/year=2026/month=9/day={a}/part-{n}.parquet', { a: ['1', '2', '30'] }),
      ...layOut('/events/year=2025/month=11/day={a}/part-{n}.parquet', { a: ['9', '10', '11'] }),
    ],
    first: '/events/year=%Y/month=%{month}/day=%{day}/.*',
    behind: ['/events/year=%Y/month=%M/day=%D/.*'],
  },
  {
    kind: 'Spark with keys between',
    paths: layOut('/events/year={Y}/region={a}/month={M}/day={D}/part-{n}.parquet', { a: ['eu', 'us'] }),
    first: '/events/year=%Y/region=%{region}/month=%M/day=%D/.*',
  },
  {
    kind: 'Delta',
    paths: [
      ...layOut('/sales/date={Y}-{M}-{D}/part-00000-{uuid}.snappy.parquet'),
      ...layOut('/sales/_delta_log/0000000000000000{n}.json', { days: ['2026-11-21', '2026-11-22'] }),
    ],
    first: '/sales/date=%Y-%M-%D/.*',
    matched: 24,
  },
  {
    kind: 'Iceberg',
    paths: [
      ...layOut('/db/events/data/event_ts_day={Y}-{M}-{D}/00000-0-{uuid}.parquet'),
      ...layOut('/db/events/metadata/snap-{id}.avro', { days: ['2026-11-21', '2026-11-22'] }),
    ],
    first: '/db/events/data/event_ts_day=%Y-%M-%D/.*',
    matched: 24,
  },
  {
    kind: 'Iceberg by hour',
    paths: layOut('/events/data/event_ts_hour={Y}-{M}-{D}-{H}/00000-0-{uuid}.parquet'),
    first: '/events/data/event_ts_hour=%Y-%M-%D.*',
  },
  {
    kind: 'Hudi',
    paths: layOut('/trips/{Y}/{M}/{D}/{uuid}_0-1-0_{Y}{M}{D}{H}{m}07.parquet'),
    first: '/trips/%Y/%M/%D/.*',
  },
  {
    kind: 'Flink',
    paths: layOut('/clicks/{Y}-{M}-{D}--{H}/part-0-{n}'),
    first: '/clicks/%Y-%M-%D.*',
    behind: ['/clicks/%Y-%M-%D--%H/.*'],
  },
  {
    kind: 'Kafka Connect by time',
    paths: layOut('/topics/{a}/year={Y}/month={M}/day={D}/hour={H}/{a}+0+000000{n}.json.gz', TOPICS),
    first: '/topics/%{dimension}/year=%Y/month=%M/day=%D/.*',
  },
  {
    kind: 'Kafka Connect by partition',
    paths: layOut('/topics/{a}/partition={b}/{a}+{b}+000000{n}.avro', { ...TOPICS, b: ['0', '1', '2'] }),
    first: '/topics/%{dimension}/partition=%{partition_key}/.*',
  },
  {
    kind: 'Aiven for Apache Kafka',
    paths: layOut('/{a}-0-000000{n}-{Y}{M}{D}.gz', TOPICS),
    first: '/[^/]*-%Y%M%D.*',
  },
  {
    kind: 'Secor',
    paths: layOut('/{a}/dt={Y}-{M}-{D}/hr={H}/1_0_000000{n}.gz', TOPICS),
    first: '/%{dimension}/dt=%Y-%M-%D/.*',
  },
  {
    kind: 'Fluentd',
    paths: layOut('/logs/{Y}{M}{D}{H}_{n}.gz'),
    first: '/logs/%Y%M%D.*',
  },
  {
    kind: 'Fluentd by tag',
    paths: layOut('/logs/{a}/{Y}/{M}/{D}/{a}_{Y}{M}{D}-{H}{m}_0.gz', { a: ['app.access', 'app.error'] }),
    first: '/logs/%{dimension}/%Y/%M/%D/.*',
  },
  {
    kind: 'Fluent Bit',
    paths: layOut('/fluent-bit-logs/kube.var.log/{Y}/{M}/{D}/{H}/{m}/07-object{id}'),
    first: '/fluent-bit-logs/kube\\.var\\.log/%Y/%M/%D/.*',
  },
  {
    kind: 'Vector',
    paths: layOut('/date={Y}-{M}-{D}/17950000{n}-{uuid}.log.gz'),
    first: '/date=%Y-%M-%D/.*',
  },
  {
    kind: 'Logstash',
    paths: layOut('/ls.s3.{uuid}.{Y}-{M}-{D}T{H}.{m}.part{n}.txt.gz'),
    first: '/ls\\.s3\\.[^/]*\\.%Y-%M-%D.*',
  },
  {
    kind: 'Snowplow runs',
    paths: layOut('/enriched/archive/run={Y}-{M}-{D}-{H}-{m}-07/part-0000{n}'),
    first: '/enriched/archive/run=%Y-%M-%D.*',
  },
  {
    kind: 'Snowplow by schema',
    paths: layOut(
      '/good/vendor=com.acme/name={a}/format=jsonschema/model=1/run={Y}-{M}-{D}-{H}-{m}-07/part-{n}',
      { a: ['click', 'view'] },
    ),
    first: '/good/vendor=%{vendor}/name=%{name}/format=%{format}/model=%{model}/run=%Y-%M-%D.*',
  },
  {
    kind: 'Segment',
    paths: layOut('/segment-logs/aB3dE5fG7h/{a}/{id}.{n}.gz', { a: ['1732147200000', '1732233600000'] }),
    first: null,
  },
  {
    kind: 'dbt exports',
    paths: layOut('/dbt/analytics/{a}/{Y}-{M}-{D}/{a}_{Y}-{M}-{D}.csv', {
      a: ['fct_orders', 'dim_customer'],
    }),
    first: '/dbt/analytics/%{dimension}/%Y-%M-%D/.*',
  },
  {
    kind: 'Snowflake unload',
    paths: layOut('/unload/{Y}/{M}/{D}/data_0_0_{n}.csv.gz'),
    first: '/unload/%Y/%M/%D/.*',
  },
  {
    kind: 'BigQuery export',
    paths: layOut('/ga_sessions/ga_sessions_{Y}{M}{D}/0000000000{n}.avro'),
    first: '/ga_sessions/ga_sessions_%Y%M%D/.*',
  },
  {
    kind: 'Airbyte',
    paths: layOut('/crm/{a}/{Y}_{M}_{D}_17950000{n}_0.parquet', { a: ['contacts', 'deals'] }),
    first: '/crm/%{dimension}/%Y_%M_%D.*',
  },
  {
    kind: 'Airflow by moment',
    paths: layOut('/dags/load/scheduled__{Y}-{M}-{D}T{H}:00:00+00:00/{n}.log'),
    first: '/dags/load/scheduled__%Y-%M-%D.*',
  },
]
