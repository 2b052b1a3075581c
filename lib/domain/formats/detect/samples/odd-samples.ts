import { ODD_TABLES } from './odd-tables'
import { type DetectionSample, Dice, lines, tuned, two, USERS } from './sample'

const dice = new Dice(31_337)
const of = (
  kind: string,
  files: string | string[],
  type: DetectionSample['expected']['type'],
  expected: Omit<DetectionSample['expected'], 'type'> = {},
): DetectionSample => ({ kind, files: [files].flat(), expected: { type, ...expected } })
const text = (kind: string, files: string | string[]) => of(kind, files, 'line', { layout: null })

const json = (value: unknown) => JSON.stringify(value)
const stamp = () => dice.iso().replace('T', ' ').replace('Z', '').replace('.', ',')

const DOCUMENTS: DetectionSample[] = [
  of(
    'GeoJSON',
    json({
      type: 'FeatureCollection',
      features: Array.from({ length: 9 }, (_, n) => ({
        type: 'Feature',
        properties: { n },
        geometry: { type: 'Point', coordinates: [n, n] },
      })),
    }),
    'json',
    { rootPath: 'features' },
  ),
  of(
    'Elastic bulk',
    lines(8, (n) => `${json({ index: { _index: 'logs', _id: String(n) } })}\n${json({ at: dice.iso(), n })}`),
    'json',
    { rootPath: '' },
  ),
  of(
    'JSON, an event a file',
    Array.from({ length: 5 }, () =>
      json({
        id: dice.uuid(),
        type: 'order.paid',
        data: { object: { amount: dice.int(1, 99), items: [{ a: 1 }] } },
      }),
    ),
    'json',
    { rootPath: '' },
  ),
  of(
    'systemd journal',
    lines(6, () =>
      json({
        __CURSOR: `s=${dice.hex(12)}`,
        __REALTIME_TIMESTAMP: String(dice.time() * 1000),
        MESSAGE: 'Started, ok',
        _PID: '1',
      }),
    ),
    'json',
    { layout: 'systemd journal' },
  ),
  of(
    'Vault audit',
    lines(6, () =>
      json({
        time: dice.iso(),
        type: 'request',
        auth: { token_type: 'service', policies: ['a', 'b'] },
        request: { id: dice.uuid(), path: 'kv/data/x' },
      }),
    ),
    'json',
    { rootPath: '' },
  ),
  of(
    'JSON with a line too long for the sample',
    `${json({ id: 1, text: 'x'.repeat(90_000) })}\n${json({ id: 2 })}\n`,
    'json',
    { rootPath: '' },
  ),
  of(
    'JSON array of an API',
    `{"status":"ok","results":[\n${Array.from({ length: 12 }, (_, n) => json({ n, who: dice.pick(USERS) })).join(',\n')}\n]}`,
    'json',
    { rootPath: 'results' },
  ),
  of('JSON array with little in it', '[{"a":1}]', 'json', { rootPath: '' }),
]

const PLAIN: DetectionSample[] = [
  text(
    'Spring Boot',
    lines(
      9,
      () =>
        `${dice.iso()}  INFO 1 --- [           main] c.e.App                 : Started App in ${dice.int(1, 9)}.2 seconds (process running for 4.1)`,
    ),
  ),
  tuned(
    of(
      'syslog with ISO times',
      lines(
        9,
        () =>
          `${dice.iso().replace('Z', '000+01:00')} web-1 sshd[${dice.int(10, 999)}]: Accepted publickey for ${dice.pick(USERS)} from ${dice.ip()} port 50122 ssh2`,
      ),
      'regexp',
      { layout: 'syslog with ISO times' },
    ),
  ),
  text(
    'MySQL slow log',
    lines(
      5,
      () =>
        `# Time: ${dice.iso()}\n# User@Host: app[app] @ localhost []  Id: ${dice.int(1, 99)}\n# Query_time: 2.1  Lock_time: 0.0 Rows_sent: 1  Rows_examined: 9000\nSELECT a, b FROM t WHERE c = ${dice.int(1, 9)};`,
    ),
  ),
  text(
    'git log',
    lines(
      12,
      () => `${dice.hex(7)} ${dice.pick(['Fix the parser, again', 'Add a test', 'Say why it was left out'])}`,
    ),
  ),
  text(
    'ls -l',
    `total 48\n${lines(9, (n) => `-rw-r--r-- 1 root root ${dice.int(10, 99_999)} Nov ${two(dice.int(10, 28))} 10:0${n % 10} file-${n}.log`)}`,
  ),
  text(
    'HTML',
    `<!doctype html>\n<html>\n<head><title>A, b; c</title></head>\n<body>\n${lines(6, (n) => `<p class="x">Item ${n}, done</p>`)}</body>\n</html>\n`,
  ),
  text(
    'Patch',
    `diff --git a/x.ts b/x.ts\nindex ${dice.hex(7)}..${dice.hex(7)} 100644\n--- a/x.ts\n+++ b/x.ts\n@@ -1,4 +1,4 @@\n const a = 1\n-const b = 2, c = 3\n+const b = 3, c = 3\n`,
  ),
  text(
    'Mail',
    `From: ana@example.com\nTo: bo@example.com, cy@example.com\nSubject: Hello, again\nDate: Sun, 22 Nov 2026 10:00:00 +0000\n\nDear Bo,\n\nyes.\n`,
  ),
  text(
    'dmesg',
    lines(
      9,
      (n) =>
        `[    ${n}.${dice.int(100_000, 999_999)}] pci 0000:00:0${n % 10}.0: reg 0x10: [mem 0xfe000000-0xfe7fffff pref]`,
    ),
  ),
  text(
    'fail2ban',
    lines(
      9,
      () => `${stamp()} fail2ban.actions        [${dice.int(10, 999)}]: NOTICE  [sshd] Ban ${dice.ip()}`,
    ),
  ),
  text(
    'Kafka',
    lines(
      9,
      () =>
        `[${stamp()}] INFO [Broker id=${dice.int(1, 3)}] Add ${dice.int(1, 9)} partitions (state.change.logger)`,
    ),
  ),
  text(
    'Lambda',
    lines(4, () => {
      const id = dice.uuid()
      return `START RequestId: ${id} Version: $LATEST\nloaded 3 rows, 1 left\nEND RequestId: ${id}\nREPORT RequestId: ${id}\tDuration: 12.1 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB`
    }),
  ),
  text(
    'Squid',
    lines(
      9,
      () =>
        `17950000${dice.int(10, 99)}.${dice.int(100, 999)} ${String(dice.int(1, 9999)).padStart(6)} ${dice.ip()} TCP_MISS/200 ${dice.int(100, 9999)} GET http://example.com/ - DIRECT/10.0.0.1 text/html`,
    ),
  ),
  tuned(
    of(
      'Apache with virtual hosts',
      lines(
        9,
        () =>
          `www.example.com:443 ${dice.ip()} - - [22/Nov/2026:10:00:${two(dice.int(0, 59))} +0000] "GET / HTTP/1.1" 200 ${dice.int(1, 999)} "-" "curl/8.5.0"`,
      ),
      'regexp',
      { layout: 'nginx/Apache combined, behind a host' },
    ),
  ),
  text(
    'FASTA',
    lines(
      5,
      (n) =>
        `>seq${n} sample, strain ${dice.int(1, 9)}\n${Array.from({ length: 60 }, () => dice.pick(['A', 'C', 'G', 'T'])).join('')}`,
    ),
  ),
  text(
    'Poem',
    'Over all the hilltops,\nsilence;\nin all the treetops,\nhardly a breath;\nthe little birds, too,\nare quiet in the wood.\n',
  ),
  text(
    'Shell history',
    lines(9, () =>
      dice.pick([
        'cd /var/log',
        'ls -la | grep x',
        'git commit -m "a, b"',
        'curl -s https://example.com | jq .',
      ]),
    ),
  ),
  text(
    'Properties',
    lines(9, (n) => `app.module${n}.enabled=${dice.pick(['true', 'false'])}`),
  ),
  of(
    'syslog of Postfix',
    lines(
      9,
      () =>
        `Nov 22 10:00:${two(dice.int(0, 59))} mx postfix/smtpd[${dice.int(10, 999)}]: connect from mail.example.com[${dice.ip()}]`,
    ),
    'regexp',
    { layout: 'syslog, RFC 3164' },
  ),
]

/** Samples that were written after the rules, to find where they end. */
export const ODD_SAMPLES: DetectionSample[] = [...ODD_TABLES, ...DOCUMENTS, ...PLAIN]
