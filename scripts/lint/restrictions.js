// What syntax is not spoken in this house, as data: each entry has a name that its canary must be caught by.

/** Syntax refused everywhere. `selector` is an ESQuery selector; the message ends with the name. */
export const everywhere = [
  [
    'no-module-let',
    'Program > VariableDeclaration[kind!="const"], ExportNamedDeclaration > VariableDeclaration[kind!="const"]',
    'No module-level let: state belongs to an object somebody owns.',
  ],
  ['no-default-export', 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]', 'Named exports only.'],
  [
    'no-barrel',
    'ExportAllDeclaration, ExportNamedDeclaration[source][exportKind!="type"]',
    'No barrels: import from the file that declares it (a service may pass on types by name).',
  ],
  [
    'top-level-functions',
    'Program > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression.init, Program > ExportNamedDeclaration > VariableDeclaration > VariableDeclarator > ArrowFunctionExpression.init',
    'Top-level functions are function declarations.',
  ],
  [
    'no-computed-import',
    'ImportExpression[source.type!="Literal"]',
    'An import path nobody can read is one no rule can judge.',
  ],
  [
    'no-back-door',
    'MemberExpression[property.name=/^(getBuiltinModule|createRequire|binding|_load)$/], MemberExpression > Literal[value=/^(getBuiltinModule|createRequire|binding|_load)$/], Property[key.name=/^(getBuiltinModule|createRequire)$/], CallExpression[callee.name=/^(require|createRequire)$/], ImportSpecifier[imported.name="createRequire"]',
    'Modules come in by import, where the rules see them.',
  ],
  [
    'no-built-functions',
    'CallExpression[callee.property.name="constructor"], NewExpression[callee.property.name="constructor"]',
    'A constructor got from a value may be the one that builds functions from text.',
  ],
  [
    'no-message-matching',
    'CallExpression[callee.property.name=/^(includes|match|startsWith|endsWith|indexOf|search)$/][callee.object.property.name="message"], CallExpression[callee.property.name="test"] > MemberExpression.arguments[property.name="message"], BinaryExpression[operator=/^[!=]==?$/] > MemberExpression[property.name="message"][object.name=/^(error|cause|reason|exception)$/]',
    'Never match on message text: use a code.',
  ],
].map(entry)

/** Syntax refused in tests besides. */
export const inTests = [
  [
    'no-sleep',
    'NewExpression[callee.name="Promise"] CallExpression[callee.name="setTimeout"], ImportDeclaration[source.value=/^(node:)?timers.promises$/]',
    'No sleeps: wait for the event.',
  ],
  [
    'no-silent-skip',
    'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(skip|todo|only|fails)$/]',
    'A skipped test says why: context.skip(reason) inside it.',
  ],
].map(entry)

/** Syntax refused in logic besides: no clock, no chance. */
export const inLogic = [
  [
    'no-clock',
    'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Logic has no clock: take the time as a value.',
  ],
  [
    'no-chance',
    'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
    'Logic has no chance: take a seed or an id as a value.',
  ],
].map(entry)

/** Globals that reach the network; `main/egress` and the browser bridge alone may name them. */
export const networkGlobals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'].map((name) => ({
  name,
  message: 'The network is behind main/egress.',
}))

/** The global object under its names: through it every other global could be had without naming it. */
export const worldGlobals = ['globalThis', 'global', 'self'].map((name) => ({
  name,
  message: 'Name the one global you mean, so that the rules see it.',
}))

/** The process as a global; hosts, children and scripts alone may name it. */
export const processGlobals = [
  {
    name: 'process',
    message: 'The host knows the process: take what you need as a value; platform and arch are in node:os.',
  },
]

/** The process as an import, where the global is refused. */
export const processImports = [
  {
    name: 'node:process',
    message: 'The host knows the process: take what you need as a value; platform and arch are in node:os.',
  },
  {
    name: 'process',
    message: 'The host knows the process: take what you need as a value; platform and arch are in node:os.',
  },
]

/** All of `entries` but the one of this name. */
export function without(entries, name) {
  return entries.filter(({ message }) => !message.endsWith(`(${name})`))
}

function entry([name, selector, message]) {
  return { selector, message: `${message} (${name})` }
}
