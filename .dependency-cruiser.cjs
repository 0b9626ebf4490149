// Who may import whom: every import rule of ARCHITECTURE.md as data. `test/rules` holds a canary for each of them.

/** What is shipped; tests and scripts may reach further than these. */
const shipped = '^(main|preload|renderer)/'

/** The rooms of main, from the top floor down. A room sees its own floor and those below, never one above. */
const floors = [
  ['exports'],
  ['chat', 'summaries', 'questions', 'comparisons', 'diagnostics'],
  ['cloud', 'documents'],
  ['models', 'prompts', 'jobs'],
  ['inference', 'storage', 'settings', 'policy', 'egress', 'text'],
]

/** Files a room shows to other rooms besides its `xService.ts` and `xModule.ts`. */
const fronts = [
  'main/inference/localGenerator.ts',
  'main/inference/inferenceClient.ts',
  'main/inference/gpuMemory.ts',
  'main/storage/storage.ts',
  'main/egress/egressGate.ts',
  'main/egress/grant.ts',
  'main/egress/contentSend.ts',
  'main/egress/publicFetch.ts',
  'main/egress/requestDigest.ts',
  'main/egress/ledger.ts',
  'main/prompts/promptLibrary.ts',
  'main/documents/library/libraryService.ts',
  'main/policy/policyResolution.ts',
  'main/text/turns.ts',
]

/** Files of the contract that bring no schema along; logic and the window may take values from them. */
const zodFree = '^preload/contract/(result|failures|language|protocol|documentUnits)\\.ts$'

/** Modules that can open a connection to another machine. */
const network = 'http|https|http2|net|tls|dns|dns/promises|dgram|inspector|inspector/promises'

/** Packages and core modules that live in one place only: rule name, what, where. */
const places = [
  [
    'electron-only-in-its-host',
    npm('electron', 'electron-store'),
    ['^main/hosts/electron/', '^preload/electron\\.ts$'],
  ],
  ['llama-only-in-the-engine', npm('node-llama-cpp'), ['^main/inference/process/']],
  ['provider-sdks-only-in-providers', npm('@anthropic-ai', 'openai'), ['^main/cloud/providers/']],
  [
    'network-only-at-the-door',
    [core(network), npm('undici', 'ws')].join('|'),
    ['^main/egress/', '^main/hosts/browser/'],
  ],
  [
    'database-driver-only-in-storage',
    [core('sqlite'), npm('better-sqlite3-multiple-ciphers')].join('|'),
    ['^main/storage/'],
  ],
  ['keystore-only-in-hosts', npm('@napi-rs/keyring'), ['^main/hosts/']],
  ['settings-file-only-in-hosts', npm('conf'), ['^main/hosts/']],
  ['browser-launcher-only-in-browser-host', npm('chrome-launcher'), ['^main/hosts/browser/']],
  [
    'parsers-only-in-reader',
    npm(
      'unpdf',
      'pdfjs-dist',
      'chardet',
      'iconv-lite',
      'file-type',
      'yauzl',
      'saxes',
      'htmlparser2',
      'csv-parse',
      'postal-mime',
    ),
    ['^main/documents/reader/'],
  ],
  ['exporters-only-in-exports', npm('docx', 'pdfkit', 'fontkit'), ['^main/exports/']],
  ['folders-are-watched-in-the-reader', npm('chokidar', 'readdirp'), ['^main/documents/reader/']],
  [
    'redaction-libraries-only-in-redaction',
    npm('libphonenumber-js', 'compromise'),
    ['^main/cloud/redaction/[A-Za-z]+\\.ts$'],
  ],
  ['processes-start-in-hosts', core('child_process|cluster'), ['^main/hosts/']],
  [
    'code-comes-in-by-import',
    core('module|vm|repl|wasi'),
    // These close the network for a child and need the loader for that.
    ['^main/inference/process/(network|process)Guard\\.ts$', '^main/documents/reader/guardNetwork\\.ts$'],
  ],
  ['threads-start-in-storage', core('worker_threads'), ['^main/storage/', '^main/hosts/']],
]

/** A pattern for files of npm packages, wherever `node_modules` is. */
function npm(...names) {
  return `(^|/)node_modules/(@types/)?(${names.join('|')})/`
}

/** A pattern for Node's own modules, with or without the `node:` prefix. */
function core(names) {
  return `^(node:)?(${names})$`
}

/** One forbidden rule. */
function forbid(name, comment, from, to) {
  return { name, comment, severity: 'error', from, to }
}

/** A rule per floor: nothing below it may look up to it. */
function floorRules() {
  return floors.slice(0, -1).map((floor, index) => {
    const below = floors.slice(index + 1).flat()
    return forbid(
      `no-looking-up-to-${floor.join('-')}`,
      `${floor.join(', ')} stand above ${below.join(', ')}.`,
      { path: `^main/(${below.join('|')})/`, pathNot: '^main/[^/]+/logic/' },
      { path: `^main/(${floor.join('|')})/` },
    )
  })
}

/** A rule per package or core module with a place of its own. */
function placeRules() {
  return places.map(([name, path, allowed]) =>
    forbid(name, 'This package or core module has one place.', { path: shipped, pathNot: allowed }, { path }),
  )
}

/** A child process sees its own folder, its room's logic and protocol, the contract, node and npm. */
function islandRule(name, island, room) {
  return forbid(
    name,
    `${island} runs in its own OS process.`,
    { path: `^${island}/` },
    {
      path: '^(main|renderer|scripts|test|preload/[^/]+\\.ts)',
      pathNot: [
        `^${island}/`,
        `^${room}/logic/`,
        `^${room}/[A-Za-z]*[pP]rotocol\\.ts$`,
        '^main/parentPort\\.ts$',
        // Seen as types; children-take-seams-as-types holds it there.
        '^main/inference/localGenerator\\.ts$',
      ],
    },
  )
}

module.exports = {
  forbidden: [
    ...floorRules(),
    ...placeRules(),
    forbid(
      'rooms-show-their-service',
      'A room sees of another room its service (or a listed front) and nothing behind it.',
      {
        path: '^main/([^/]+)/',
        pathNot: ['^main/hosts/', '^main/[^/]+/logic/', '^main/(inference/process|documents/reader)/'],
      },
      {
        path: '^main/[^/]+/',
        pathNot: [
          '^main/$1/',
          '^main/[^/]+/[A-Za-z]+(Service|Module)\\.ts$',
          // How text is read: pure, and everybody's.
          '^main/text/logic/',
          // These have sharper rules of their own.
          '^main/(hosts|rpc)/',
          '^main/(inference/process|documents/reader)/',
          ...fronts.map((file) => `^${file.replace('.', '\\.')}$`),
        ],
      },
    ),
    forbid(
      'logic-is-pure',
      'Logic takes its own room’s logic, that of text and the contract, nothing else: no Node, no npm, no adapter.',
      { path: '^main/(.+)/logic/' },
      { pathNot: ['^main/$1/logic/', '^main/text/logic/', '^preload/contract/'] },
    ),
    forbid(
      'logic-takes-the-contract-as-types',
      'Values from the contract only where no schema comes along.',
      { path: '^main/[^/]+/logic/' },
      { path: '^preload/contract/', pathNot: zodFree, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'hosts-are-the-top',
      'Nothing that is shipped imports a host.',
      {
        path: shipped,
        pathNot: ['^main/hosts/', '^main/[^/]+/logic/', '^main/(inference/process|documents/reader)/', '^renderer/'],
      },
      { path: '^main/hosts/' },
    ),
    forbid(
      'hosts-see-app-and-rpc',
      'A host composes the app and carries frames; the rooms are the app’s business.',
      { path: '^main/hosts/' },
      { path: '^main/[^/]+/', pathNot: ['^main/hosts/', '^main/rpc/'] },
    ),
    forbid(
      'hosts-do-not-see-each-other',
      'What two hosts share lives in hosts/node.',
      { path: '^main/hosts/([^/]+)/' },
      { path: '^main/hosts/', pathNot: ['^main/hosts/$1/', '^main/hosts/node/'] },
    ),
    forbid(
      'app-and-rpc-are-seen-from-hosts',
      'Rooms know neither the composition root nor the wire.',
      {
        path: '^main/[^/]+/',
        pathNot: ['^main/(hosts|rpc)/', '^main/[^/]+/logic/', '^main/(inference/process|documents/reader)/'],
      },
      { path: '^main/(rpc/|app(Rooms)?\\.ts$)' },
    ),
    forbid(
      'rpc-does-not-see-the-app',
      'The app attaches rpc, not the other way round.',
      { path: '^main/rpc/' },
      { path: '^main/app(Rooms)?\\.ts$' },
    ),
    forbid(
      'the-door-has-two-users',
      'main/egress is for the cloud, model downloads and later updates; nobody else can send anything.',
      {
        path: shipped,
        pathNot: [
          '^main/(egress|cloud|models|updates)/',
          '^main/appRooms\\.ts$',
          '^main/hosts/',
          '^main/[^/]+/logic/',
          '^main/(inference/process|documents/reader)/',
          '^renderer/',
        ],
      },
      { path: '^main/egress/' },
    ),
    forbid(
      'the-cloud-has-two-callers',
      'Only chatService and summaryService may hand work to the cloud; rpc carries its consent calls.',
      {
        path: '^main/(exports|chat|summaries|questions|comparisons|diagnostics)/',
        pathNot: ['^main/chat/chatService\\.ts$', '^main/summaries/summaryService\\.ts$', '^main/[^/]+/logic/'],
      },
      { path: '^main/cloud/' },
    ),
    forbid(
      'redaction-never-leaves',
      'Redaction decides what may leave; it can itself reach neither the door nor a provider.',
      { path: '^main/cloud/redaction/' },
      { path: '^main/(egress|cloud/providers)/' },
    ),
    islandRule('the-engine-is-an-island', 'main/inference/process', 'main/inference'),
    islandRule('the-reader-is-an-island', 'main/documents/reader', 'main/documents'),
    forbid(
      'children-take-seams-as-types',
      'A child may speak the words of localGenerator.ts; it takes no value from the app’s side.',
      { path: '^main/(inference/process|documents/reader)/' },
      { path: '^main/inference/localGenerator\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'islands-are-not-imported',
      'Children are started by path; importing one would load it into the app.',
      {
        path: shipped,
        pathNot: ['^main/(inference/process|documents/reader)/', '^main/[^/]+/logic/', '^main/hosts/', '^renderer/'],
      },
      { path: '^main/(inference/process|documents/reader)/' },
    ),
    forbid(
      'contract-is-a-leaf',
      'The contract takes zod and itself.',
      { path: '^preload/contract/' },
      { pathNot: ['^preload/contract/', npm('zod')] },
    ),
    forbid(
      'zod-free-stays-zod-free',
      'Who takes a value from these gets no schema with it.',
      { path: zodFree },
      { path: ['^preload/contract/', npm('zod')], pathNot: zodFree, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'preload-is-thin',
      'The client and the two bridges know the contract, not what stands on either side of it.',
      { path: '^preload/[^/]+\\.ts$' },
      { path: '^(main|renderer)/' },
    ),
    forbid(
      'renderer-sees-only-the-boundary',
      'Of the rest of the product a window sees the contract and the client.',
      { path: '^renderer/' },
      {
        path: '^(main|preload|scripts|test)/',
        pathNot: ['^preload/contract/', '^preload/(client|failureValues)\\.ts$'],
      },
    ),
    forbid(
      'renderer-takes-the-contract-as-types',
      'No schema is bundled into the window: values only from the zod-free files.',
      { path: '^renderer/' },
      { path: '^preload/contract/', pathNot: zodFree, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'renderer-has-no-node',
      'A window has no Node.',
      { path: '^renderer/' },
      { dependencyTypes: ['core'], pathNot: core(`${network}|sqlite|child_process|cluster|worker_threads`) },
    ),
    forbid(
      'renderer-features-do-not-see-each-other',
      'The shell composes features.',
      { path: '^renderer/features/([^/]+)/' },
      { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
    ),
    forbid(
      'renderer-ui-and-state-are-below-features',
      'Controls and state are used by features, not the other way round.',
      { path: '^renderer/(ui|state)/' },
      { path: '^renderer/(features|shell)/' },
    ),
    forbid(
      'documents-parts-stand-alone',
      'What comes in, claims, coverage and the source know no other room of the documents side.',
      { path: '^renderer/features/documents/(arriving|claims|coverage|source)/' },
      { path: '^renderer/features/documents/[a-z]+/', pathNot: '^renderer/features/documents/$1/' },
    ),
    forbid(
      'documents-views-know-parts-only',
      'The list and the page show the library and a summary, not the other way round, and these two do not meet.',
      { path: '^renderer/features/documents/(library|summary)/' },
      {
        path: '^renderer/features/documents/(list|page|library|summary)/',
        pathNot: '^renderer/features/documents/$1/',
      },
    ),
    forbid(
      'shipped-code-needs-no-tests',
      'Nothing that is shipped imports scripts or tests.',
      {
        path: '^(main|preload)/',
        pathNot: ['^main/[^/]+/logic/', '^main/(inference/process|documents/reader)/', '^preload/contract/'],
      },
      { path: '^(scripts|test)/' },
    ),
    forbid(
      'shipped-code-takes-declared-packages',
      'Every package that is shipped stands under "dependencies".',
      { path: shipped, pathNot: ['^main/[^/]+/logic/', '^preload/contract/'] },
      { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: places.map(([, path]) => path) },
    ),
    forbid(
      'no-cycles',
      'Two files that need each other are one file, or three.',
      { pathNot: '^renderer/' },
      { circular: true },
    ),
    forbid(
      'no-cycles-at-run-time-in-the-window',
      'Slices of one store name its whole type; at run time there is still an order.',
      { path: '^renderer/' },
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'every-import-resolves',
      'An import nobody can follow is an import no rule can judge.',
      {},
      { couldNotResolve: true },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)test/rules/canaries/' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: `${__dirname}/tsconfig.base.json` },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
}
