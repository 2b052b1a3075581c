import { type DetectionSample, Dice, lines, tuned, two, USERS } from './sample'

const dice = new Dice(20_261)
type Expected = DetectionSample['expected']

const foreign = (
  kind: string,
  files: string | string[],
  expected: Expected,
  name?: string,
): DetectionSample => ({
  kind,
  files: [files].flat(),
  expected,
  isForeign: true,
  ...(name === undefined ? {} : { name }),
})

const clock = (n: number) => `11:${two(n)}:${two((n * 7) % 60)}`
const access = (n: number) =>
  `${dice.ip()} - ${n % 3 ? '-' : 'mira'} [21/Nov/2026:${clock(n)} +0100] "GET /shop/${n} HTTP/2.0" 200 ${dice.int(90, 9_000)} "https://example.org/" "Mozilla/5.0 (Macintosh)"`
const table = (rows: readonly string[]) => `${rows.join('\n')}\n`

/** Kinds that were missed when others tried the detection: the rules were mended with these at hand. */
const MISSED: DetectionSample[] = [
  foreign(
    'access log with more fields',
    lines(30, (n) => `${access(n)} "-" cache=${n % 2 ? 'HIT' : 'MISS'} 0.0${n}`),
    { type: 'regexp', layout: 'nginx/Apache combined, with more fields' },
  ),
  foreign(
    'access log behind a host',
    lines(30, (n) => `shop-${n % 3}.example.org:8443 ${access(n)}`),
    { type: 'regexp', layout: 'nginx/Apache combined, behind a host' },
  ),
  foreign(
    'CSV of words without header',
    table(['Oak,Brown,Slow', 'Birch,White,Fast', 'Pine,Green,Fast', 'Elm,Grey,Medium', 'Ash,Grey,Medium']),
    { type: 'csv', separator: ',', header: false },
  ),
  foreign(
    'auditd',
    lines(30, (n) =>
      n % 2
        ? `type=USER_LOGIN msg=audit(1795255200.${two(n)}1:${n + 400}): pid=${n} uid=0 auid=1000 exe="/usr/sbin/sshd" res=success`
        : `type=PROCTITLE msg=audit(1795255200.${two(n)}1:${n + 400}): proctitle="ls"`,
    ),
    { type: 'line', layout: 'auditd' },
  ),
  foreign(
    'CSV of one column',
    `email\n${lines(20, (n) => `${dice.pick(USERS)}${n}@example.org`)}`,
    { type: 'csv', header: true },
    '.csv',
  ),
  foreign('CSV of a header alone', 'order_id,customer,total\n', { type: 'csv', header: true }, '.csv.gz'),
  foreign(
    'Envoy access log',
    lines(
      25,
      (n) =>
        `[2026-11-21T${clock(n)}.101Z] "POST /v2/pay/${n} HTTP/2" 503 UF 0 91 ${n} - "${dice.ip()}" "grpc-go/1.60" "${dice.uuid()}" "pay:443" "${dice.ip()}:8080" inbound|8080|| ${dice.ip()}:80`,
    ),
    { type: 'line' },
  ),
  foreign(
    'psql',
    ` day        | sold | shop  \n------------+------+-------\n${lines(12, (n) => ` 2026-11-${two(n + 1)} | ${String(dice.int(1, 999)).padStart(4)} | ${dice.pick(['north', 'south'])} `)}(12 rows)\n\n`,
    { type: 'csv', separator: '|', header: true, skipRowsAfter: 1 },
  ),
  foreign(
    'PostgreSQL csvlog',
    lines(
      25,
      (n) =>
        `2026-11-21 ${clock(n)}.004 CET,"web","shop",${n + 50},"${dice.ip()}:40${two(n)}",${dice.hex(8)}.${n},${n},"INSERT",2026-11-21 10:00:00 CET,7/${n},0,${n % 4 ? 'LOG' : 'FATAL'},00000,"statement: insert into ""orders""\n  values (1)",,,,,,,,,"app","client backend",,0`,
    ),
    { type: 'csv', separator: ',', header: false, layout: 'PostgreSQL csvlog' },
  ),
  foreign(
    'wide table of years',
    `region,2023,2024,2025\n${lines(12, (n) => `R${n},${n * 3},${n * 4},${n * 5}`)}`,
    { type: 'csv', separator: ',', header: true },
  ),
].map(tuned)

/** Kinds that others tried as well, which no rule was chosen with. */
const HELD: DetectionSample[] = [
  foreign(
    'CSV of words with header',
    table(['tree,bark,growth', 'Oak,Brown,Slow', 'Birch,White,Fast', 'Pine,Green,Fast', 'Elm,Grey,Medium']),
    { type: 'csv', separator: ',', header: true },
  ),
  foreign(
    'Squid access log',
    lines(
      25,
      (n) =>
        `1795255${two(n)}0.${two(n)}1 ${String(n * 31).padStart(6)} ${dice.ip()} TCP_HIT/304 ${n}12 GET http://example.org/${n} mira HIER_NONE/- image/png`,
    ),
    { type: 'line' },
  ),
  foreign(
    'slow queries of MySQL',
    lines(
      12,
      (n) =>
        `# Time: 2026-11-21T${clock(n)}.000100Z\n# User@Host: web[web] @ [${dice.ip()}]  Id: ${n}\n# Query_time: 3.1  Lock_time: 0.001 Rows_sent: 1\nSET timestamp=1795255200;\nUPDATE stock SET n = ${n}, at = now() WHERE id = 9;`,
    ),
    { type: 'line' },
  ),
  foreign(
    'VCF',
    `##fileformat=VCFv4.3\n##contig=<ID=2,length=1000>\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n${lines(20, (n) => `2\t${n * 51}\trs${n}\tC\tT\t60\tPASS\tDP=${n};AF=0.25`)}`,
    { type: 'csv', separator: '\t', header: true },
  ),
  foreign(
    'table below a box of comments',
    `# ======\n# Visits\n# 2026-11\n# ======\n\nPage,Views,Bounce\n${lines(15, (n) => `/p/${n},"2,${two(n)}7",0.${n + 10}`)}`,
    { type: 'csv', separator: ',', header: true },
  ),
  foreign(
    'bulk requests of a search engine',
    lines(
      15,
      (n) => `{"create":{"_index":"shop","_id":"${n}"}}\n{"at":"2026-11-21T${clock(n)}Z","sold":${n}}`,
    ),
    { type: 'json', rootPath: '' },
  ),
  foreign(
    'HAR',
    JSON.stringify(
      {
        log: {
          version: '1.2',
          pages: [],
          entries: Array.from({ length: 25 }, (_, n) => ({
            time: n,
            request: { method: 'GET', url: `https://example.org/${n}` },
          })),
        },
      },
      null,
      1,
    ),
    { type: 'json', rootPath: 'log.entries' },
  ),
  foreign(
    'page of OData',
    JSON.stringify({
      '@odata.context': 'https://example.org/$metadata#users',
      value: Array.from({ length: 25 }, (_, n) => ({ id: n, name: dice.pick(USERS) })),
    }),
    { type: 'json', rootPath: 'value' },
  ),
  foreign(
    'YAML',
    lines(15, (n) => `- key: ${n}\n  label: "no ${n}"\n  of: [x, y]`),
    { type: 'line' },
  ),
  foreign(
    'SQL dump',
    `-- shop\nCREATE TABLE s (n int);\n${lines(25, (n) => `INSERT INTO s VALUES (${n}, 'it, ${n}');`)}`,
    { type: 'line' },
  ),
  foreign('TSV with stray quotes', `nr\tsaid\twho\n${lines(20, (n) => `${n}\tthen "well ${n}\tana`)}`, {
    type: 'csv',
    separator: '\t',
    header: true,
  }),
  foreign(
    'TSV of epochs without header',
    lines(20, (n) => `${1_795_255_200 + n * 60}\t${dice.ip()}\t${n}\tdown`),
    { type: 'csv', separator: '\t', header: false },
  ),
  foreign(
    'CSV with JSON in cells',
    `nr,body,day\n${lines(15, (n) => `${n},"{""n"": ${n}, ""of"": [1, 2]}",2026-11-21`)}`,
    { type: 'csv', separator: ',', header: true },
  ),
  foreign(
    'report with a title and a sum',
    `Verkauf\nMonat: November\n\nTag;Markt;Preis\n${lines(20, (n) => `${two(n + 1)}.11.2026;Mitte;${n},90`)}Gesamt;;99,00\n`,
    { type: 'csv', separator: ';', header: true },
  ),
  foreign(
    'garbage collection of Java',
    lines(
      20,
      (n) =>
        `[2026-11-21T${clock(n)}.500+0100][info][gc] GC(${n}) Pause Young (Normal) 12M->2M(64M) 1.${n}ms`,
    ),
    { type: 'line' },
  ),
  foreign(
    'container log of Kubernetes',
    lines(20, (n) => `2026-11-21T${clock(n)}.000000001Z stderr F worker ${n} is ready, or so`),
    { type: 'line' },
  ),
  foreign(
    'journal export',
    lines(
      15,
      (n) =>
        `__CURSOR=s=${n};i=1\n__REALTIME_TIMESTAMP=1795255200000000\n_COMM=sshd\nMESSAGE=session ${n} opened\n`,
    ),
    { type: 'line' },
  ),
  foreign(
    'list of objects',
    JSON.stringify({
      resourceSpans: Array.from({ length: 9 }, (_, n) => ({ scope: { n }, spans: [{ id: n }] })),
    }),
    { type: 'json', rootPath: 'resourceSpans' },
  ),
]

/** Samples of kinds that people thought of who had not written the rules; made anew for the suite. */
export const FOREIGN_SAMPLES: DetectionSample[] = [...MISSED, ...HELD]
