import { type DetectionSample, Dice, lines, tuned, USERS } from './sample'

const dice = new Dice(31_338)
const csv = (
  kind: string,
  files: string | string[],
  separator: string,
  header: boolean,
  skipRows = 0,
): DetectionSample => ({
  kind,
  files: [files].flat(),
  expected: { type: 'csv', separator, header, skipRows },
})
const money = () => (dice.int(100, 999_999) / 100).toFixed(2)
const day = () => dice.iso().slice(0, 10)

/** Tables that were written after the rules, to find where they end. */
export const ODD_TABLES: DetectionSample[] = [
  csv(
    'CSV with spaces after commas',
    `name, age, city\n${lines(9, () => `${dice.pick(USERS)}, ${dice.int(18, 80)}, ${dice.pick(['Rome', 'Oslo'])}`)}`,
    ',',
    true,
  ),
  csv(
    'CSV with thousands',
    `account,balance\n${lines(9, (n) => `A-${n},"1,${dice.int(100, 999)}.${dice.int(10, 99)}"`)}`,
    ',',
    true,
  ),
  csv(
    'CSV with semicolons, commas in texts',
    `id;text;tags\n${lines(9, (n) => `${n};first, second, third;a,b`)}`,
    ';',
    true,
  ),
  csv(
    'CSV of many numbers',
    lines(12, () => Array.from({ length: 60 }, () => money()).join(',')),
    ',',
    false,
  ),
  csv(
    'CSV with amounts in parentheses',
    `day,amount,note\n${lines(9, () => `${day()},(${money()}),paid (late)`)}`,
    ',',
    true,
  ),
  csv(
    'CSV of addresses in the net',
    `url,hits,first_seen\n${lines(9, (n) => `https://example.com/a?x=${n}&y=2;z,${n * 3},${dice.iso()}`)}`,
    ',',
    true,
  ),
  csv(
    'CSV ending in separators',
    `id;name;city;\n${lines(9, (n) => `${n};${dice.pick(USERS)};Rome;`)}`,
    ';',
    true,
  ),
  csv('CSV with empty columns', `id,a,b,c,d\n${lines(9, (n) => `${n},,,${dice.int(0, 9)},`)}`, ',', true),
  csv(
    'CSV named in other scripts',
    `имя,город,сумма\n${lines(9, () => `Анна,Москва,${money()}`)}`,
    ',',
    true,
  ),
  csv(
    'CSV named in other scripts',
    `日付\t名前\t金額\n${lines(9, () => `${day()}\t田中\t${dice.int(100, 9999)}`)}`,
    '\t',
    true,
  ),
  csv(
    'Log with bars',
    lines(12, () => `${dice.iso()} | INFO | loader | Took ${dice.int(1, 9)} files, left 2`),
    '|',
    false,
  ),
  tuned(
    csv(
      'Windows events',
      `Level,Date and Time,Source,Event ID,Task Category\r\n${lines(9, () => `Information,11/22/2026 10:0${dice.int(0, 9)}:11 AM,Service Control Manager,${dice.int(1000, 7040)},None,"The service entered the running state."`, '\r\n')}`,
      ',',
      true,
    ),
  ),
  csv(
    'AWS bill',
    `identity/LineItemId,identity/TimeInterval,bill/BillType,lineItem/UnblendedCost\n${lines(9, () => `${dice.hex(20)},2026-11-01T00:00:00Z/2026-11-01T01:00:00Z,Anniversary,0.00${dice.int(10, 99)}`)}`,
    ',',
    true,
  ),
  csv(
    'TSV mostly empty',
    lines(9, () =>
      ['web', dice.iso(), '', '', 'page_view', dice.uuid(), '', '', '', dice.ip(), ''].join('\t'),
    ),
    '\t',
    false,
  ),
  csv(
    'CSV quoted in its header alone',
    `"Id","Full Name","Since"\n${lines(9, (n) => `${n},${dice.pick(USERS)},${day()}`)}`,
    ',',
    true,
  ),
  csv('CSV of a header and a row', 'id\tname\tcity\n1\tAnn\tRome\n', '\t', true),
  csv(
    'CSV of mail addresses',
    `email,role\n${lines(15, (n) => `u${n}@example.com,${dice.pick(['reader', 'owner'])}`)}`,
    ',',
    true,
  ),
  csv(
    'ELB classic',
    lines(
      9,
      () =>
        `${dice.iso()} my-elb ${dice.ip()}:2817 10.0.0.1:80 0.000073 0.001048 0.000057 200 200 0 ${dice.int(1, 999)} "GET http://www.example.com:80/ HTTP/1.1" "curl/7.38.0" - -`,
    ),
    ' ',
    false,
  ),
  csv(
    'CSV with several tables of one header',
    [1, 2, 3, 4].map((n) => `sensor,value\ns${n},${money()}\n`),
    ',',
    true,
  ),
  csv(
    'CSV with a total at the end',
    `city,visits\n${lines(20, () => `${dice.pick(['Rome', 'Oslo', 'Lima'])},${dice.int(1, 99)}`)}\nTotal,999\n`,
    ',',
    true,
  ),
  csv(
    'CSV with a long title',
    `"Sales, all regions, 2026"\n\n"Region","Q1","Q2"\n${lines(9, () => `"${dice.pick(['North', 'South'])}","${money()}","${money()}"`)}`,
    ',',
    true,
    1,
  ),
  {
    kind: 'CSV with units under the names',
    files: [
      `time,speed,note\n[s],[km/h],\n${lines(9, (n) => `${n / 10},${money()},${dice.pick(USERS)}`)}`,
      `time,speed,note\n[s],[km/h],\n${lines(3, (n) => `${n / 10},${money()},`)}`,
    ],
    expected: { type: 'csv', separator: ',', header: true, skipRowsAfter: 1 },
    usedToTune: true,
  },
  {
    kind: 'CSV with units under the names',
    files: [
      `Zeit;Druck;Temp\nmin;mbar;°C\n${lines(12, (n) => `${n};${dice.int(900, 1_100)},5;${dice.int(10, 30)}`)}`,
    ],
    expected: { type: 'csv', separator: ';', header: true, skipRowsAfter: 1 },
    usedToTune: true,
  },
  {
    kind: 'text of fixed width',
    files: [
      lines(
        14,
        (n) =>
          `${`A-${n * 7}`.padEnd(8)}${dice.pick(USERS).padEnd(14)}${money().padStart(10)}${String(dice.int(0, 999)).padStart(6)}`,
      ),
    ],
    expected: { type: 'line', layout: 'text of fixed width' },
    usedToTune: true,
  },
]
