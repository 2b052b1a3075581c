import { type DetectionSample, Dice, lines, tuned, two, USERS } from './sample'

const dice = new Dice(9001)
const LEVELS = ['INFO', 'WARN', 'ERROR', 'DEBUG'] as const
const stamp = () => dice.iso().replace('T', ' ').replace('Z', '').replace('.', ',')
const WORDS = [
  'the',
  'table',
  'was',
  'laid',
  'with',
  'bread',
  'and',
  'late',
  'light',
  'fell',
  'slowly',
  'over',
  'it',
] as const
const sentence = () =>
  `${Array.from({ length: dice.int(5, 14) }, () => dice.pick(WORDS) + (dice.int(0, 5) === 0 ? ',' : '')).join(' ')}.`

const text = (kind: string, files: string | string[], layout: string | null = null): DetectionSample => ({
  kind,
  files: [files].flat(),
  expected: { type: 'line', layout },
})

const log4j = () =>
  `${stamp()} ${dice.pick(LEVELS)} [main] c.e.app.Worker - ${dice.pick(['Started in 3 s', 'Queue is empty, waiting', 'Took lease 12'])}`
const STACK = `java.lang.IllegalStateException: lease lost
\tat com.example.Worker.run(Worker.java:42)
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.io.IOException: reset
\t... 2 more
`
const logfmt = () =>
  `ts=${dice.iso()} level=${dice.pick(['info', 'warn'])} msg="${dice.pick(['request done', 'retry, later'])}" user=${dice.pick(USERS)} took=${dice.int(1, 99)}ms`
const constantLog = () => `${dice.iso()} INFO Started job ${dice.int(1, 99)}`
const postgres = () =>
  `${dice.iso().slice(0, 19).replace('T', ' ')}.${dice.int(100, 999)} UTC [${dice.int(10, 9999)}] LOG:  checkpoint complete: wrote ${dice.int(1, 99)} buffers (0.1%); sync=0.0${dice.int(10, 99)} s`
const redis = () =>
  `${dice.int(1, 99)}:M ${two(dice.int(1, 28))} Nov 2026 10:${two(dice.int(0, 59))}:11.${dice.int(100, 999)} * Background saving started by pid ${dice.int(1, 999)}`
const python = () =>
  `${dice.pick(LEVELS)}:root:${dice.pick(['loaded 3 items', 'cannot open file, retrying', 'done'])}`
const klog = () =>
  `I11${two(dice.int(1, 28))} 10:${two(dice.int(0, 59))}:01.${dice.int(100_000, 999_999)}       1 controller.go:${dice.int(10, 999)}] "Synced" key="default/web" took="3ms"`

/** Texts that are best read line by line. */
export const TEXT_SAMPLES: DetectionSample[] = [
  text('Prose', lines(20, sentence)),
  text(
    'Prose',
    lines(9, () => `${sentence()} ${sentence()}`),
  ),
  text('Prose', 'Dear all,\n\nplease find below, as promised, the notes.\n\nBest,\nMira\n'),
  text('Java log', lines(20, log4j)),
  text('Java log', lines(6, log4j) + STACK + lines(9, log4j) + STACK),
  text('Java log', [lines(5, log4j), lines(40, log4j), lines(1, log4j) + STACK]),
  text('Log of uniform lines', lines(15, constantLog)),
  text(
    'Log of uniform lines',
    lines(15, () => `[${dice.iso()}] [INFO] worker ${dice.int(1, 9)}: heartbeat`),
  ),
  text(
    'Log of uniform lines',
    lines(15, () => `${stamp()} - INFO - ${dice.pick(['loaded, ok', 'saved, ok'])}`),
  ),
  text('logfmt', lines(18, logfmt), 'logfmt'),
  text('logfmt', [lines(3, logfmt), lines(30, logfmt)], 'logfmt'),
  text(
    'logfmt',
    lines(12, () => `level=info component=api status=${dice.int(200, 204)}`),
    'logfmt',
  ),
  text('PostgreSQL log', lines(15, postgres)),
  text('PostgreSQL log', [lines(3, postgres), lines(8, postgres)]),
  text('Redis log', lines(15, redis)),
  text('Redis log', lines(3, redis)),
  text('Python log', lines(15, python)),
  text(
    'Python log',
    lines(6, python) +
      'Traceback (most recent call last):\n  File "a.py", line 3, in <module>\n    main()\nValueError: no\n' +
      lines(3, python),
  ),
  text('Kubernetes component log', lines(15, klog)),
  text(
    'One value a line',
    lines(25, () => dice.ip()),
  ),
  text(
    'One value a line',
    lines(25, () => `logs/2026/11/${two(dice.int(1, 28))}/${dice.hex(6)}.gz`),
  ),
  text(
    'One value a line',
    lines(9, (n) => String(n * 17)),
  ),
  tuned(
    text(
      'XML',
      `<?xml version="1.0"?>\n<items>\n${lines(12, (n) => `  <item id="${n}"><name>${dice.pick(USERS)}, jr</name></item>`)}</items>\n`,
    ),
  ),
  text('XML', '<Events><Event><System><EventID>4624</EventID></System></Event></Events>\n'),
  text(
    'YAML',
    `version: 3\nservices:\n${lines(6, (n) => `  web${n}:\n    image: nginx:1.2${n}\n    ports: [80, 443]`)}`,
  ),
  tuned(
    text(
      'YAML',
      lines(12, (n) => `key_${n}: value ${n}`),
    ),
  ),
  tuned(
    text(
      'SQL',
      lines(
        12,
        (n) => `INSERT INTO people VALUES (${n}, '${dice.pick(USERS)}', '2026-11-0${dice.int(1, 9)}');`,
      ),
    ),
  ),
  text('SQL', 'CREATE TABLE t (\n  id integer,\n  name text,\n  at timestamp\n);\nSELECT a, b, c FROM t;\n'),
  text('INI', '[server]\nport = 8080\nhost = 0.0.0.0\n\n[log]\nlevel = info\npath = /var/log/x\n'),
  text('Markdown', '# Notes\n\n- one, two\n- three\n\nSome text; more text.\n\n```\ncode\n```\n'),
  text(
    'Source code',
    'function add(a, b) {\n  return a + b;\n}\n\nconst x = add(1, 2);\nconsole.log(x, y);\n',
  ),
  text('One line', 'ready\n'),
  text('One line', 'Backup of 12 tables, 3 skipped, ended at 10:00\n'),
]
