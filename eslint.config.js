import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

/**
 * The house (docs/architecture.md). A room may import the rooms of lower floors only, plus the
 * rooms named in `alsoSameFloor`; `libraries` are the third-party packages that it alone may use.
 */
const floors = [
  ['core'],
  ['sentinel', 'kql', 'detection'],
  ['checks', 'compile', 'plan', 'engine'],
  ['testing'],
  ['validate', 'deploy', 'import', 'catalog', 'report', 'azure', 'emulator'],
  ['cli'],
];
const alsoSameFloor = { detection: ['sentinel'] };
const libraries = {
  core: ['ajv', 'ajv/*', 'ajv-formats'],
  detection: ['js-yaml'],
  import: ['js-yaml'],
  kql: ['@kusto/*'],
  azure: ['@azure/*'],
  emulator: ['@peculiar/*', 'reflect-metadata'],
  cli: ['commander', 'picocolors'],
};
const rooms = floors.flat();
const owned = [...new Set(Object.values(libraries).flat())];

const directions = floors.flatMap((floor, level) =>
  floor.map((room) => {
    const allowed = new Set([room, ...floors.slice(0, level).flat(), ...(alsoSameFloor[room] ?? [])]);
    const forbiddenRooms = rooms.filter((other) => !allowed.has(other));
    const forbiddenLibraries = owned.filter((library) => !(libraries[room] ?? []).includes(library));
    const patterns = [
      ...forbiddenRooms.map((other) => ({
        group: [`../${other}/*`, `**/src/${other}/*`],
        message: `${room}/ may not import ${other}/ (docs/architecture.md)`,
      })),
      { group: forbiddenLibraries, message: `${room}/ may not import this library (docs/architecture.md)` },
    ];
    if (room !== 'cli') {
      patterns.push({
        group: ['node:fs', 'node:fs/*', 'node:process', 'node:os', 'node:child_process'],
        message: `effects are parameters; only cli/ touches the machine`,
      });
    }
    return { files: [`src/${room}/**/*.ts`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
  }),
);

const pure = {
  // A simulation must go the same way for a seed, on every machine.
  files: ['src/**/*.ts', 'test/simulation/**/*.ts'],
  ignores: ['src/cli/**'],
  rules: {
    'no-restricted-globals': ['error', 'process', 'console', 'fetch', 'setInterval'],
    'no-restricted-syntax': [
      'error',
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'the clock is a parameter',
      },
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'the clock is a parameter',
      },
    ],
  },
};

export default tseslint.config(
  { ignores: ['dist/**', 'coverage/**', '.kustodian/**', 'node_modules/**'] },
  eslint.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'max-lines': ['error', { max: 400 }],
      'max-depth': ['error', 4],
      eqeqeq: 'error',
    },
  },
  ...directions,
  pure,
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
);
