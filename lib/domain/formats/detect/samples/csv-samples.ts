import { type DetectionSample, Dice, lines, tuned, USERS } from './sample'

const dice = new Dice(77)
const CITIES = ['Berlin', 'São Paulo', 'Lyon', 'Oslo', 'New York', 'Kraków'] as const
const PRODUCTS = ['Chair, oak', 'Table "Nord"', 'Lamp', 'Desk; large', 'Shelf'] as const
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
const day = () => dice.iso().slice(0, 10)
const germanDay = () => day().split('-').reverse().join('.')
const amount = () => (dice.int(100, 99_999) / 100).toFixed(2)
const germanAmount = () => amount().replace('.', ',')

const csv = (
  kind: string,
  files: string | string[],
  expected: Omit<DetectionSample['expected'], 'type'>,
): DetectionSample => ({ kind, files: [files].flat(), expected: { type: 'csv', layout: null, ...expected } })

const COMMA = { separator: ',', style: 'excel', header: true, skipRows: 0 }
const sales = (count: number, end = '\n') =>
  `order_id,date,customer,city,amount,paid${end}${lines(count, (n) => `${1000 + n},${day()},${dice.pick(USERS)},${dice.pick(CITIES)},${amount()},${dice.pick(['true', 'false'])}`, end)}`
const people = (count: number) =>
  `first name,last name,city\n${lines(count, () => `${dice.pick(['Ann', 'Bo', 'Carla'])},${dice.pick(['Ode', 'Lind', 'Sato'])},${dice.pick(CITIES)}`)}`
const semicolons = (count: number) =>
  `Datum;Kunde;Betrag;MwSt\r\n${lines(count, () => `${germanDay()};${dice.pick(['Müller GmbH', 'Groß & Söhne', 'Ötzi KG'])};${germanAmount()};19,0`, '\r\n')}`
const tabs = (count: number) =>
  `gene\tchrom\tstart\tend\tnote\n${lines(count, () => `G${dice.int(1, 99)}\tchr${dice.int(1, 22)}\t${dice.int(1, 9e6)}\t${dice.int(1, 9e6)}\tprotein, ${dice.pick(['kinase; alpha', 'binding'])}`)}`

/** Tables of separated values, as programs and people write them. */
export const CSV_SAMPLES: DetectionSample[] = [
  csv('CSV with header', sales(20), COMMA),
  csv('CSV with header', sales(2), COMMA),
  csv('CSV with header', [sales(150, '\r\n'), sales(10, '\r\n')], COMMA),
  csv('CSV with header', sales(4, '\r'), COMMA),
  csv('CSV of texts only', people(12), COMMA),
  csv('CSV of texts only', [people(5), people(9), people(3)], COMMA),
  csv(
    'CSV of texts only',
    `Country,Capital,Language\nNorway,Oslo,Norwegian\nBrazil,Brasília,Portuguese\nJapan,Tokyo,Japanese\nGhana,Accra,English\n`,
    COMMA,
  ),
  csv(
    'CSV without header',
    lines(30, (n) => `${n},${day()},${dice.pick(USERS)},${amount()}`),
    { ...COMMA, header: false },
  ),
  csv(
    'CSV without header',
    lines(8, () => `${dice.ip()},${dice.int(1, 65_535)},${dice.pick(['tcp', 'udp'])}`),
    {
      ...COMMA,
      header: false,
    },
  ),
  csv(
    'CSV without header',
    [1, 2, 3].map(() =>
      lines(6, () => `${dice.uuid()},${dice.iso()},${dice.pick(USERS)},${dice.pick(['open', 'closed'])}`),
    ),
    { ...COMMA, header: false },
  ),
  csv('CSV with semicolons', semicolons(15), { ...COMMA, separator: ';' }),
  csv('CSV with semicolons', [semicolons(3), semicolons(40)], { ...COMMA, separator: ';' }),
  csv(
    'CSV with semicolons',
    `id;value;rate\n${lines(25, (n) => `${n};${germanAmount()};${germanAmount()}`)}`,
    { ...COMMA, separator: ';' },
  ),
  csv(
    'CSV with semicolons',
    lines(12, () => `${germanAmount()};${germanAmount()};${germanAmount()}`),
    { ...COMMA, separator: ';', header: false },
  ),
  csv('TSV', tabs(25), { ...COMMA, separator: '\t' }),
  csv('TSV', [tabs(3), tabs(60)], { ...COMMA, separator: '\t' }),
  csv(
    'TSV',
    lines(
      10,
      () =>
        `${dice.iso()}\t${dice.pick(USERS)}\t${dice.int(1, 99)}\t${dice.pick(['ok, done', 'failed: no, retry'])}`,
    ),
    {
      ...COMMA,
      separator: '\t',
      header: false,
    },
  ),
  csv(
    'CSV with bars',
    `id|name|joined|note\n${lines(14, (n) => `${n}|${dice.pick(USERS)}|${day()}|a, b; c`)}`,
    {
      ...COMMA,
      separator: '|',
    },
  ),
  csv(
    'CSV with bars',
    lines(14, (n) => `${n}|${dice.pick(CITIES)}|${amount()}|`),
    {
      ...COMMA,
      separator: '|',
      header: false,
    },
  ),
  csv(
    'CSV with bars',
    `TIME|LEVEL|TEXT\n${lines(9, () => `${dice.iso()}|INFO|Job ${dice.int(1, 9)} has ended, took 3 s`)}`,
    {
      ...COMMA,
      separator: '|',
    },
  ),
  csv(
    'CSV with quoted cells',
    `sku,product,price\n${lines(18, (n) => `A${n},${quoted(dice.pick(PRODUCTS))},${amount()}`)}`,
    COMMA,
  ),
  csv(
    'CSV with quoted cells',
    `"id","text","at"\n${lines(18, (n) => `"${n}",${quoted(`He said "no", then left; ${dice.pick(CITIES)}`)},"${dice.iso()}"`)}`,
    COMMA,
  ),
  csv(
    'CSV with quoted cells',
    `id;comment;stars\n${lines(9, (n) => `${n};"good; really ""good""";${dice.int(1, 5)}`)}`,
    { ...COMMA, separator: ';' },
  ),
  csv(
    'CSV with line ends in cells',
    `ticket,subject,body,opened\n${lines(12, (n) => `${n},"Cannot sign in","Hello,\nit says ""denied"".\n\nThanks, ${dice.pick(USERS)}",${day()}`)}`,
    COMMA,
  ),
  tuned(
    csv(
      'CSV with line ends in cells',
      `"id";"address"\r\n${lines(10, (n) => `"${n}";"Main St ${n}\n12345 Town\nCountry"`, '\r\n')}`,
      { ...COMMA, separator: ';' },
    ),
  ),
  csv(
    'CSV with escaped quotes',
    `id,quote,author\n${lines(11, (n) => `${n},"He said \\"stay, please\\" and went",${dice.pick(USERS)}`)}`,
    { ...COMMA, style: 'unix' },
  ),
  csv(
    'CSV with escaped quotes',
    lines(11, (n) => `"${n}","C:\\\\logs\\\\a \\"b\\" ${dice.int(1, 9)}","${day()}"`),
    { ...COMMA, style: 'unix', header: false },
  ),
  csv(
    'CSV with escapes, unquoted',
    lines(16, (n) => `${n}\t${dice.pick(['tab\\\there', 'plain', 'back\\\\slash'])}\t\\N\t${day()}`),
    { separator: '\t', style: 'escape_only_no_quote', header: false, skipRows: 0 },
  ),
  csv(
    'CSV with escapes, unquoted',
    `id,name,city\n${lines(10, (n) => `${n},${dice.pick(['Ode\\, Ann', 'Lind\\, Bo'])},${dice.pick(CITIES)}`)}`,
    { ...COMMA, style: 'escape_only_no_quote' },
  ),
  tuned(
    csv(
      'CSV with stray quotes',
      `part\tsize\tprice\n${lines(12, (n) => `P${n}\t"${dice.int(2, 9)} inch\t${amount()}`)}`,
      { separator: '\t', style: 'no_escape_no_quote', header: true, skipRows: 0 },
    ),
  ),
  tuned(
    csv(
      'CSV with sep=',
      `sep=;\r\nname;points\r\n${lines(6, () => `${dice.pick(USERS)};${dice.int(1, 99)}`, '\r\n')}`,
      {
        ...COMMA,
        separator: ';',
        skipRows: 1,
      },
    ),
  ),
  tuned(
    csv('CSV with sep=', `sep=,\nday,total\n${lines(6, () => `${day()},${dice.int(1, 99)}`)}`, {
      ...COMMA,
      skipRows: 1,
    }),
  ),
  csv(
    'CSV with rows before the header',
    `Monthly report\nGenerated 2026-11-22\n\nRegion,Month,Revenue,Cost\n${lines(14, () => `${dice.pick(CITIES)},2026-${dice.int(10, 12)},${amount()},${amount()}`)}`,
    { ...COMMA, skipRows: 2 },
  ),
  tuned(
    csv(
      'CSV with rows before the header',
      `Export from ERP;;\nUmsatz;Filiale;Tag\n${lines(9, () => `${germanAmount()};${dice.pick(CITIES)};${germanDay()}`)}`,
      { ...COMMA, separator: ';', skipRows: 1 },
    ),
  ),
  csv(
    'CSV with comments',
    `# created by probe 3.1\n# unit: degrees, station 12\ntime,temperature,humidity\n${lines(20, () => `${dice.iso()},${amount()},${dice.int(20, 90)}`)}`,
    { ...COMMA, skipRows: 2 },
  ),
  csv('CSV with comments', `#id,name,score\n${lines(12, (n) => `${n},${dice.pick(USERS)},${amount()}`)}`, {
    ...COMMA,
    skipRows: 0,
  }),
  csv(
    'CSV in apostrophes',
    `'id','name','city'\n${lines(12, (n) => `'${n}','${dice.pick(USERS)}','Town, ${n}'`)}`,
    COMMA,
  ),
  csv(
    'CSV with Ctrl-A',
    lines(12, (n) => [n, dice.pick(USERS), amount(), day(), 'a,b|c'].join('\u0001')),
    {
      ...COMMA,
      separator: '\u0001',
      header: false,
    },
  ),
  tuned(
    csv(
      'CSV with Ctrl-A',
      lines(3, (n) => [n, dice.pick(CITIES), '\\N'].join('\u0001')),
      {
        ...COMMA,
        separator: '\u0001',
        style: 'escape_only_no_quote',
        header: false,
      },
    ),
  ),
  csv(
    'S3 inventory',
    lines(
      14,
      () =>
        `"lake","logs/2026/11/${dice.int(10, 28)}/${dice.hex(8)}.gz","${dice.int(1, 1e6)}","${dice.iso()}","${dice.hex(32)}","STANDARD"`,
    ),
    { ...COMMA, header: false },
  ),
  csv(
    'CSV with JSON in cells',
    `id,kind,payload\n${lines(10, (n) => `${n},${dice.pick(['a', 'b'])},${quoted(JSON.stringify({ n, tags: ['x', 'y'], at: day() }))}`)}`,
    COMMA,
  ),
  csv(
    'CSV with ragged rows',
    `id,name,email,phone\n${lines(30, (n) => (n % 11 === 3 ? `${n},${dice.pick(USERS)}` : `${n},${dice.pick(USERS)},u${n}@example.com,+49 30 ${dice.int(1e5, 9e5)}`))}`,
    COMMA,
  ),
  csv(
    'CSV of years',
    `country,2019,2020,2021\n${lines(9, () => `${dice.pick(CITIES)},${amount()},${amount()},${amount()}`)}`,
    COMMA,
  ),
  tuned(
    csv(
      'passwd',
      `root:x:0:0:root:/root:/bin/bash\n${lines(9, (n) => `${dice.pick(USERS)}${n}:x:${1000 + n}:${1000 + n}:User ${n},,,:/home/u${n}:/bin/sh`)}`,
      {
        separator: ':',
        header: false,
      },
    ),
  ),
  csv(
    'CSV with tildes',
    `ID~NAME~AMOUNT\n${lines(9, (n) => `${n}~${dice.pick(CITIES)}, ${n}~${amount()}`)}`,
    {
      ...COMMA,
      separator: '~',
    },
  ),
  csv(
    'Table under a rule',
    `name|role|since\n----|----|-----\n${lines(7, () => `${dice.pick(USERS)}|${dice.pick(['reader', 'admin'])}|${day()}`)}`,
    { ...COMMA, separator: '|' },
  ),
  csv(
    'Numbers with spaces',
    lines(20, () => `${amount()} ${amount()} ${dice.int(1, 9)} ${amount()}`),
    {
      separator: ' ',
      header: false,
    },
  ),
]
