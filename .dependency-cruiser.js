/** Who may import whom. The order of the slices is the list in docs/architecture.md, lowest first. */
const SLICES = [
  'kernel',
  'audit',
  'identity',
  'place',
  'organisation',
  'fact',
  'media',
  'document',
  'task',
  'channel',
  'outlet',
  'gateway',
  'plan',
  'message',
  'review',
  'subscriber',
  'release',
  'evidence',
  'alarm',
  'bulletin',
  'carrier',
  'portal',
  'press',
  'webhook',
]

const onlyDownward = SLICES.slice(0, -1).map((slice, at) => ({
  name: `${slice}-looks-down`,
  comment: `A slice imports only slices below it: ${SLICES.join(' < ')}.`,
  severity: 'error',
  from: { path: `^src/core/${slice}/`, pathNot: '[.](test|build)[.]ts$' },
  to: { path: `^src/core/(${SLICES.slice(at + 1).join('|')})/` },
}))

export default {
  forbidden: [
    ...onlyDownward,
    {
      name: 'slices-by-their-door',
      comment: 'A slice is used by its index.ts alone.',
      severity: 'error',
      from: { path: '^src/core/([^/]+)/', pathNot: '[.](test|build)[.]ts$' },
      to: { path: '^src/core/(?!kernel/)[^/]+/', pathNot: ['^src/core/$1/', '^src/core/[^/]+/index[.]ts$'] },
    },
    {
      name: 'core-stands-alone',
      comment: 'Core knows nothing of machines, formats, the web or the command line.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '[.](test|build)[.]ts$' },
      to: { path: '^src/(platform|channels|app|cli|worker|web|testing)/' },
    },
    {
      name: 'platform-knows-core-alone',
      comment: 'What machines give implements what core asks for.',
      severity: 'error',
      from: { path: '^src/platform/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/(app|cli|worker|web|testing|channels)/' },
    },
    {
      name: 'app-knows-no-entry',
      comment: 'Entries import the app, not the other way.',
      severity: 'error',
      from: { path: '^src/app/', pathNot: '[.](test|build)[.]ts$' },
      to: { path: '^src/(cli|worker|web|testing)/' },
    },
    {
      name: 'entries-apart',
      comment: 'Entries do not know each other; npm start alone serves the built pages.',
      severity: 'error',
      from: { path: '^src/(cli|worker|web)/' },
      to: { path: '^src/(cli|worker|web)/', pathNot: ['^src/$1/', '^src/web/serve[.]ts$'] },
    },
    {
      name: 'pages-see-no-server',
      comment: 'A component gets what it shows from its load function.',
      severity: 'error',
      from: { path: '[.]svelte$' },
      to: { path: '^src/(core/.*[.]store|platform|app/(?!wording))', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'tests-help-tests-alone',
      comment: 'What serves tests is not shipped.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['[.](test|e2e)[.]ts$', '^src/testing/', '[.]build(er)?[.]ts$'] },
      to: { path: '^src/testing/|[.]build(er)?[.]ts$' },
    },
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one, or a third is missing.',
      severity: 'error',
      // A component that draws a tree draws itself.
      from: { pathNot: '[.]svelte$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.]svelte-kit|^build/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.svelte'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
