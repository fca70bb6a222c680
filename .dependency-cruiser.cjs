// Turns tools/arrows.json into rules for dependency-cruiser. No arrow is written here.
const arrows = require('./tools/arrows.json');

const TESTS = '\\.test\\.tsx?$';
const OWN_CODE = '^(src|adapters|web|tests|bench|tools)/';
const oneOf = (names) => `(${names.join('|')})`;
const open = arrows.openFiles.map((file) => `^${file}$`);
const sentence = (names) => (names.length === 0 ? 'nothing' : names.join(', '));

/** One rule for one folder: of our own code it may import itself, its declared neighbours, and nothing else. */
const mayImport = (name, folder, declared) => {
  const layers = [...new Set([...arrows.everyoneMayImport, ...declared])].filter(
    (layer) => layer !== 'adapters',
  );
  const allowed = [`^${folder}/`, `^src/${oneOf(layers)}/`];
  if (declared.includes('adapters')) allowed.push('^adapters/');
  const comment = `${name} may import ${sentence([...layers, ...(declared.includes('adapters') ? ['adapters'] : [])])}`;
  const rule = (suffix, from, pathNot) => ({
    name: `${name}-may-import${suffix}`,
    comment,
    severity: 'error',
    from,
    to: { path: OWN_CODE, pathNot },
  });
  return [
    rule('', { path: `^${folder}/`, pathNot: TESTS }, allowed),
    rule('-in-tests', { path: `^${folder}/.*${TESTS}` }, [...allowed, '^tests/']),
  ];
};

const pureFolders = [`^src/${oneOf(arrows.pure)}/`, '^web/'];
const notPure = [TESTS, '^web/vite\\.config\\.ts$'];

module.exports = {
  forbidden: [
    ...Object.entries(arrows.layers).flatMap(([name, declared]) => mayImport(name, `src/${name}`, declared)),
    ...Object.entries(arrows.adapters).flatMap(([name, port]) => mayImport(name, `adapters/${name}`, port)),
    ...mayImport('web', 'web', arrows.web),
    {
      name: 'entry-points-only',
      comment: 'another layer or adapter is imported through its index.ts',
      severity: 'error',
      from: { path: '^(src/[^/]+|adapters/[^/]+|web)/' },
      to: { path: '^(src|adapters)/[^/]+/', pathNot: ['^$1/', '^(src|adapters)/[^/]+/index\\.ts$', ...open] },
    },
    {
      name: 'no-cycles',
      comment: 'no file imports itself over other files; types count too',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'pure-layers-have-no-node',
      comment: 'layers that run in the browser get time, randomness, files and network as arguments',
      severity: 'error',
      from: { path: pureFolders, pathNot: notPure },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-layers-have-no-node-by-name',
      comment: 'layers that run in the browser get time, randomness, files and network as arguments',
      severity: 'error',
      from: { path: pureFolders, pathNot: notPure },
      to: { path: '^node:' },
    },
    {
      name: 'pure-layers-take-only-types-from-the-rest',
      comment:
        'a type costs the browser nothing; code of a layer that is not pure would follow into its bundle',
      severity: 'error',
      from: { path: pureFolders, pathNot: notPure },
      to: { path: '^src/', pathNot: [`^src/${oneOf(arrows.pure)}/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'pure-layers-use-packages-that-run-in-browsers',
      comment: 'the package runs in Node only (tools/arrows.json, onlyInNode)',
      severity: 'error',
      from: { path: pureFolders, pathNot: notPure },
      to: { path: [`node_modules/${oneOf(arrows.onlyInNode)}/`, `^${oneOf(arrows.onlyInNode)}$`] },
    },
    {
      name: 'declared-packages-only',
      comment: 'every package that the product imports stands in dependencies of package.json',
      severity: 'error',
      from: { path: '^(src|adapters|web)/', pathNot: [TESTS] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'resolvable',
      comment: 'the imported file or package exists',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: ['^node:', '\\?raw$', '\\?url$'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['(^|/)dist/', '\\.json$'] },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
