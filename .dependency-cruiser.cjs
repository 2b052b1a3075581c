/**
 * Who may import whom. `npm run check` holds a JavaScript shadow of the tree against these rules, so files end in .js here;
 * imports of types count like any other.
 */

/** Nouns form a line: each may import those before it. */
const NOUNS = [
  'progress',
  'spaces',
  'identity',
  'projects',
  'nodes',
  'connections',
  'datasets',
  'extensions',
  'audit',
  'overview',
]
/** Entries of processes of their own, made of nouns and imported by nobody. */
const ENTRIES = ['jobs', 'admin']
const LAYERS = ['access', 'http', 'platform', 'reader', 'testing']

const TESTS = '\\.(?:test|arbitraries)\\.m?js$|^lib/server/testing/'
const GENERATED = '^lib/server/platform/db/generated/'
const any = (names) => `(?:${names.join('|')})`
const server = (names) => `^lib/server/${any(names)}/`

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { ...from, pathNot: [TESTS, GENERATED, ...[from.pathNot ?? []].flat()] },
  to,
})

const nounOrder = NOUNS.slice(0, -1).map((noun, index) =>
  never(
    `noun-order-${noun}`,
    `${noun} stands before ${NOUNS.slice(index + 1).join(', ')}: what needs both lives in the later one`,
    { path: server([noun]) },
    { path: server(NOUNS.slice(index + 1)) },
  ),
)

module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'files that import each other cannot be understood apart',
      severity: 'error',
      from: { pathNot: GENERATED },
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'an import that leads nowhere',
      severity: 'error',
      from: { pathNot: GENERATED },
      to: { couldNotResolve: true, pathNot: '\\.css$|^(react|next)/' },
    },

    never(
      'domain-is-pure',
      'lib/domain imports itself, zod and re2js',
      { path: '^lib/domain/' },
      { pathNot: '^lib/domain/|node_modules/(zod|re2js)/' },
    ),
    never(
      'client-layer',
      'lib/client builds on lib/domain alone',
      { path: '^lib/client/' },
      { path: '^(app|components|bin|lib/server|lib/embedded)/' },
    ),
    never(
      'components-layer',
      'components build on lib/client and lib/domain',
      { path: '^components/' },
      { path: '^(app|bin|lib/server|lib/embedded)/' },
    ),
    never(
      'browser-never-reaches-server',
      'nor through others',
      { path: '^(components|lib/client)/' },
      { path: '^lib/server/', reachable: true },
    ),

    never(
      'app-layer',
      'pages and routes call verbs; adapters, the reader and other processes are behind those',
      { path: '^app/' },
      { path: `${server(['platform', 'reader', 'testing', ...ENTRIES])}|^(bin|lib/embedded)/` },
    ),
    never(
      'server-below-pages',
      'the server knows no page',
      { path: '^lib/server/' },
      { path: '^(app|components|bin|lib/client|lib/embedded)/' },
    ),
    never(
      'every-folder-has-its-place',
      'name a new folder of lib/server in .dependency-cruiser.cjs',
      { path: '^lib/server/[^/]+/', pathNot: server([...NOUNS, ...ENTRIES, ...LAYERS]) },
      {},
    ),
    never(
      'platform-names-no-noun',
      'adapters know nothing above them',
      { path: server(['platform']) },
      { path: '^lib/server/', pathNot: server(['platform']) },
    ),
    never(
      'access-names-no-noun',
      'a noun hands its ResourceKind in',
      { path: server(['access']) },
      { path: '^lib/server/', pathNot: server(['access', 'platform']) },
    ),
    never(
      'reader-names-no-noun',
      'the reader takes a permit and bytes',
      { path: server(['reader']) },
      { path: '^lib/server/', pathNot: server(['reader', 'platform']) },
    ),
    never(
      'http-names-no-noun',
      'a route hands its verb in',
      { path: server(['http']) },
      { path: '^lib/server/', pathNot: server(['http', 'access', 'platform']) },
    ),
    never(
      'nouns-below-http',
      'a verb does not know how it was called',
      { path: server(NOUNS) },
      { path: server(['http', ...ENTRIES]) },
    ),
    ...nounOrder,
    ...ENTRIES.map((entry) =>
      never(
        `${entry}-is-an-entry`,
        'nobody imports it',
        { pathNot: server([entry]) },
        { path: server([entry]) },
      ),
    ),
    never(
      'testing-stays-in-tests',
      'test code is for tests',
      { path: '^(app|bin|bench|components|lib)/' },
      { path: '^lib/server/testing/' },
    ),

    never(
      'prisma-in-server',
      'the database has one door',
      { pathNot: ['^lib/server/', '^bin/(schema-engine/|migrate|build)', '^prisma\\.config'] },
      { path: 'node_modules/(@prisma|prisma)/|^lib/server/platform/db/generated/' },
    ),
    never(
      'embedded-for-bin',
      'only the commands bring servers along',
      { pathNot: ['^bin/', '^lib/embedded/'] },
      { path: '^lib/embedded/' },
    ),
    never(
      'embedded-stands-alone',
      'it runs before anything is built',
      { path: '^lib/embedded/' },
      { path: '^(app|bin|components|lib/(domain|client|server))/' },
    ),
    never(
      'bin-is-plain',
      'the commands run before anything is built',
      { path: '^bin/' },
      { path: '^(app|components|lib/(domain|client|server))/' },
    ),
    never(
      'e2e-from-outside',
      'journeys see what a browser sees',
      { path: '^e2e/' },
      { path: '^(app|components|lib/server)/' },
    ),
    never(
      'bench-through-verbs',
      'a figure measures what people get',
      { path: '^bench/' },
      { path: '^(app|components)/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      extensions: ['.js', '.mjs', '.cjs', '.json'],
      conditionNames: ['react-server', 'import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
}
