import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { makePlan } from '../../../src/plan/make-plan.ts';
import { commitStep, EMPTY_PLAN, isAsItShouldBe, type Plan, type Step } from '../../../src/plan/plan.ts';
import { restartsOf } from '../../../src/plan/restarts.ts';
import { changesSettings } from '../../../src/plan/step-kinds.ts';
import type { Source } from '../../../src/source/source.ts';
import type { SecretStatus } from '../../../src/space/compare.ts';
import type { PresentSpace, SpaceState } from '../../../src/space/space-state.ts';
import { memoryFile } from '../files.ts';
import { inputsOf } from '../inputs-of.ts';
import { HEAD, sourceOf, spaceOf, treeOf } from '../space-of.ts';

interface Case {
  readonly inputs?: Partial<Inputs>;
  readonly source?: Partial<Source>;
  readonly files?: readonly ReturnType<typeof memoryFile>[];
  readonly space?: Partial<PresentSpace> | 'missing';
  readonly secrets?: Readonly<Record<string, SecretStatus>>;
  readonly sameLargeFiles?: readonly string[];
}

function planOf({ inputs, source, files = [], space = {}, secrets = {}, sameLargeFiles = [] }: Case): Plan {
  const state: SpaceState = space === 'missing' ? { kind: 'missing' } : spaceOf(space);
  return makePlan(inputsOf(inputs), sourceOf(files, source), state, {
    secrets: new Map(Object.entries(secrets)),
    sameLargeFiles: new Set(sameLargeFiles),
  });
}

const nothingUnmanaged = { variables: [], secrets: [] };
/** A plan of these steps; another test covers what happens to the app. */
const only = (...steps: readonly Step[]): Plan => ({
  ...EMPTY_PLAN,
  steps,
  unmanaged: nothingUnmanaged,
  restarts: restartsOf(steps, false),
});
const values = (entries: Readonly<Record<string, string>>) =>
  new Map(Object.entries({ APP_ENV: 'production', ...entries }).map(([name, value]) => [name, { value }]));

const A = memoryFile('a.txt', 'a');
const B = memoryFile('dir/b.txt', 'b');
const remote = (file: typeof A) => ({ path: file.path, oid: file.blobId, size: file.size });

test('a Space that is as it should be needs nothing', () => {
  expect(planOf({ files: [A, B], space: { tree: treeOf(remote(A), remote(B)) } })).toEqual({
    ...only(),
    unchangedFiles: 2,
  });
});

test('a Space whose newest commit has our digest needs no change, and no list of its files', () => {
  const { tree: _, ...known } = spaceOf();
  const plan = makePlan(inputsOf(), sourceOf([A, B]), known, { secrets: new Map(), sameLargeFiles: new Set() });
  expect(plan).toEqual({ ...only(), unchangedFiles: 2 });
});

test('a new Space is made first, with all that it needs', () => {
  const plan = planOf({
    space: 'missing',
    inputs: {
      variables: new Map([['LOG', 'debug']]),
      secrets: new Map([['KEY', 'k']]),
      visibility: { value: 'public', from: 'the GitHub repository is public', explicit: false },
      settingsStrategy: 'mirror',
    },
    source: { sdk: 'static' },
    secrets: { KEY: 'new' },
    files: [A],
  });
  expect(plan).toEqual(
    only(
      {
        kind: 'create',
        sdk: 'static',
        visibility: 'public',
        reason: 'there is none; the GitHub repository is public',
      },
      { kind: 'set-variable', name: 'APP_ENV', to: 'production', reason: 'the Space has none' },
      { kind: 'set-variable', name: 'LOG', to: 'debug', reason: 'the Space has none' },
      { kind: 'set-secret', name: 'KEY', standing: 'new', reason: 'the Space has none' },
      { kind: 'commit', added: [A], changed: [], deleted: [], reason: '1 to add, 0 to change, 0 to delete' },
    ),
  );
});

test.each<[string, Partial<Inputs>, string, Plan]>([
  [
    'one that is asked for',
    { visibility: { value: 'public', from: 'x', explicit: true } },
    'private',
    only({ kind: 'set-visibility', from: 'private', to: 'public', reason: 'the input says so' }),
  ],
  ['one that is there already', { visibility: { value: 'protected', from: 'x', explicit: true } }, 'protected', only()],
  ['one that is only the default', { visibility: { value: 'public', from: 'x', explicit: false } }, 'private', only()],
])('visibility: %s', (_, inputs, visibility, plan) => {
  expect(planOf({ inputs, space: { visibility } })).toEqual(plan);
});

const MIRROR = 'no input names it, and `settings-strategy` is mirror';

test.each<[string, Case, Plan]>([
  [
    'a new variable',
    { inputs: { variables: new Map([['LOG', 'debug']]) } },
    only({ kind: 'set-variable', name: 'LOG', to: 'debug', reason: 'the Space has none' }),
  ],
  [
    'a changed variable',
    { inputs: { variables: new Map([['LOG', 'debug']]) }, space: { variables: values({ LOG: 'info' }) } },
    only({ kind: 'set-variable', name: 'LOG', from: 'info', to: 'debug', reason: 'its value differs' }),
  ],
  [
    'a variable that becomes empty',
    { inputs: { variables: new Map([['LOG', '']]) }, space: { variables: values({ LOG: 'info' }) } },
    only({ kind: 'set-variable', name: 'LOG', from: 'info', to: '', reason: 'its value differs' }),
  ],
  [
    'an empty variable that is there',
    { inputs: { variables: new Map([['LOG', '']]) }, space: { variables: values({ LOG: '' }) } },
    only(),
  ],
  [
    'an unchanged variable',
    { inputs: { variables: new Map([['LOG', 'info']]) }, space: { variables: values({ LOG: 'info' }) } },
    only(),
  ],
  [
    'the environment of a Space that has none yet',
    { inputs: { environment: 'staging' }, space: { variables: new Map() } },
    only({ kind: 'set-variable', name: 'APP_ENV', to: 'staging', reason: 'the Space has none' }),
  ],
  [
    'secrets of every standing',
    {
      inputs: { secrets: new Map(['A', 'B', 'C', 'D'].map((name) => [name, 'x'])) },
      space: { secrets: new Map(['B', 'C', 'D'].map((name) => [name, {}])) },
      secrets: { A: 'new', B: 'same', C: 'changed', D: 'unrecognised' },
    },
    only(
      { kind: 'set-secret', name: 'A', standing: 'new', reason: 'the Space has none' },
      { kind: 'set-secret', name: 'C', standing: 'changed', reason: 'its value differs' },
      {
        kind: 'set-secret',
        name: 'D',
        standing: 'unrecognised',
        reason: 'the one there has no fingerprint, so its value is not known',
      },
    ),
  ],
  [
    'others under merge',
    { space: { variables: values({ THEME: 'dark' }), secrets: new Map([['OLD', {}]]) } },
    { ...only(), unmanaged: { variables: ['THEME'], secrets: ['OLD'] } },
  ],
  [
    'others under mirror',
    {
      inputs: { settingsStrategy: 'mirror', variables: new Map([['LOG', 'info']]), secrets: new Map([['KEY', 'k']]) },
      space: {
        variables: values({ THEME: 'dark', LOG: 'info' }),
        secrets: new Map([
          ['OLD', {}],
          ['KEY', {}],
        ]),
      },
      secrets: { KEY: 'same' },
    },
    only(
      { kind: 'delete-variable', name: 'THEME', from: 'dark', reason: MIRROR },
      { kind: 'delete-secret', name: 'OLD', reason: MIRROR },
    ),
  ],
  [
    'a variable that becomes a secret is deleted first, also under merge',
    {
      inputs: { secrets: new Map([['TOKEN', 'new']]) },
      space: { variables: values({ TOKEN: 'old' }) },
      secrets: { TOKEN: 'new' },
    },
    only(
      {
        kind: 'delete-variable',
        name: 'TOKEN',
        from: 'old',
        reason: 'TOKEN is a secret from now on, and cannot be both',
      },
      { kind: 'set-secret', name: 'TOKEN', standing: 'new', reason: 'the Space has none' },
    ),
  ],
  [
    'a secret that becomes a variable is deleted first',
    {
      inputs: { variables: new Map([['THEME', 'dark']]) },
      space: { secrets: new Map([['THEME', {}]]) },
    },
    only(
      { kind: 'delete-secret', name: 'THEME', reason: 'THEME is a variable from now on, and cannot be both' },
      { kind: 'set-variable', name: 'THEME', to: 'dark', reason: 'the Space has none' },
    ),
  ],
  [
    'a name that is both already is corrected',
    {
      inputs: { secrets: new Map([['TOKEN', 'x']]) },
      space: { variables: values({ TOKEN: 'x' }), secrets: new Map([['TOKEN', {}]]) },
      secrets: { TOKEN: 'same' },
    },
    only({
      kind: 'delete-variable',
      name: 'TOKEN',
      from: 'x',
      reason: 'TOKEN is a secret from now on, and cannot be both',
    }),
  ],
])('settings: %s', (_, given, plan) => {
  expect(planOf(given)).toEqual(plan);
});

const pointer = (path: string, lfs: string, size: number) => ({ path, oid: 'f'.repeat(40), size, lfs });

test.each<[string, Case, Plan]>([
  [
    'added, changed, deleted and unchanged ones in one commit',
    {
      files: [A, B, memoryFile('new.txt', 'n')],
      space: {
        tree: treeOf(
          remote(A),
          { ...remote(B), oid: '0'.repeat(40) },
          { path: 'z.txt', oid: '0'.repeat(40), size: 1 },
          { path: 'old.txt', oid: '0'.repeat(40), size: 1 },
        ),
      },
    },
    {
      ...only({
        kind: 'commit',
        parent: HEAD,
        added: [memoryFile('new.txt', 'n')],
        changed: [{ ...B, was: 1 }],
        deleted: [
          { path: 'old.txt', size: 1 },
          { path: 'z.txt', size: 1 },
        ],
        reason: '1 to add, 1 to change, 2 to delete',
      }),
      unchangedFiles: 1,
    },
  ],
  [
    'protected ones are not deleted, but changed when they are ours',
    {
      inputs: { protect: ['data/**', 'a.txt', '*.db'] },
      files: [A],
      space: {
        tree: treeOf(
          { ...remote(A), oid: '0'.repeat(40) },
          { path: '.gitattributes', oid: '0'.repeat(40), size: 1 },
          { path: 'data/deep/.x', oid: '0'.repeat(40), size: 1 },
          { path: 'leads.db', oid: '0'.repeat(40), size: 1 },
          { path: 'sub/leads.db', oid: '0'.repeat(40), size: 1 },
        ),
      },
    },
    {
      ...only({
        kind: 'commit',
        parent: HEAD,
        added: [],
        changed: [{ ...A, was: 1 }],
        deleted: [{ path: 'sub/leads.db', size: 1 }],
        reason: '0 to add, 1 to change, 1 to delete',
      }),
      warnings: [
        '`protect`: "*.db" matches only one file. Deeper down there is "sub/leads.db": write "**/*.db" to match it, too, or "/*.db" if not.',
      ],
    },
  ],
  [
    'a directory by its name alone, and a name that nothing has',
    {
      inputs: { protect: ['data', '/cache'] },
      files: [A],
      space: {
        tree: treeOf(
          remote(A),
          { path: 'data/users.json', oid: '0'.repeat(40), size: 1 },
          { path: 'database', oid: '0'.repeat(40), size: 1 },
        ),
      },
    },
    {
      ...only({
        kind: 'commit',
        parent: HEAD,
        added: [],
        changed: [],
        deleted: [{ path: 'database', size: 1 }],
        reason: '0 to add, 0 to change, 1 to delete',
      }),
      unchangedFiles: 1,
      warnings: ['`protect`: "/cache" matches no file of the Space or the source.'],
    },
  ],
  [
    'a large file whose content the Space has is unchanged',
    {
      files: [A, B],
      space: { tree: treeOf(pointer('a.txt', 'x', 1), pointer('dir/b.txt', 'y', 1)) },
      sameLargeFiles: ['a.txt'],
    },
    {
      ...only({
        kind: 'commit',
        parent: HEAD,
        added: [],
        changed: [{ ...B, was: 1 }],
        deleted: [],
        reason: '0 to add, 1 to change, 0 to delete',
      }),
      unchangedFiles: 1,
    },
  ],
  [
    'a pointer of our own is not the large file that it stands for',
    { files: [A], space: { tree: treeOf({ ...pointer('a.txt', 'x', 1), oid: A.blobId }) } },
    only({
      kind: 'commit',
      parent: HEAD,
      added: [],
      changed: [{ ...A, was: 1 }],
      deleted: [],
      reason: '0 to add, 1 to change, 0 to delete',
    }),
  ],
  [
    'a directory takes the place of a file',
    { files: [B], space: { tree: treeOf({ path: 'dir', oid: '0'.repeat(40), size: 1 }) } },
    only({
      kind: 'commit',
      parent: HEAD,
      added: [B],
      changed: [],
      deleted: [{ path: 'dir', size: 1 }],
      reason: '1 to add, 0 to change, 1 to delete',
    }),
  ],
])('files: %s', (_, given, plan) => {
  expect(planOf(given)).toEqual(plan);
});

const commits: Case = { files: [A] };
const configures: Case = { inputs: { variables: new Map([['LOG', 'x']]) } };
const restart = (ends: 'sleep' | 'pause' | 'error', reason: string, factory = false): Step => ({
  kind: 'restart',
  factory,
  ends,
  reason,
});
const PAUSED = restart('pause', 'it is paused, and only a restart ends that');
const ASLEEP = restart('sleep', 'it sleeps');
const FAILED = restart('error', 'its last build failed', true);

test.each<[string, string, Case, readonly Step[]]>([
  ['RUNNING', 'nothing', {}, []],
  ['PAUSED', 'nothing', {}, [PAUSED]],
  ['PAUSED', 'a commit', commits, [PAUSED]],
  ['PAUSED', 'a setting', configures, [PAUSED]],
  ['SLEEPING', 'nothing', {}, [ASLEEP]],
  ['SLEEPING', 'a commit', commits, []],
  ['SLEEPING', 'a setting', configures, [ASLEEP]],
  ['STOPPED', 'nothing', {}, [ASLEEP]],
  ['BUILD_ERROR', 'nothing', {}, [FAILED]],
  ['BUILD_ERROR', 'a commit', commits, []],
  ['BUILD_ERROR', 'a setting', configures, [FAILED]],
  ['RUNTIME_ERROR', 'nothing', {}, [restart('error', 'it is in RUNTIME_ERROR')]],
  ['RUNTIME_ERROR', 'a commit', commits, []],
  ['RUNTIME_ERROR', 'a setting', configures, []],
  ['CONFIG_ERROR', 'nothing', {}, [restart('error', 'it is in CONFIG_ERROR')]],
  ['BUILDING', 'nothing', {}, []],
  ['NO_APP_FILE', 'nothing', {}, []],
  ['SOMETHING_NEW', 'nothing', {}, []],
])('in %s, with %s to write', (stage, _, given, restarts) => {
  const { steps } = planOf({ ...given, space: { runtime: { stage } } });
  expect(steps.slice(given === commits || given === configures ? 1 : 0)).toEqual(restarts);
});

const CONFIDENTIAL = {
  confidential: [
    { path: '.env', holds: 'a value of API_KEY' },
    { path: 'key.pem', holds: 'a private key' },
  ],
};
const visible = (value: 'public' | 'private' | 'protected', explicit: boolean) => ({
  visibility: { value, from: 'x', explicit },
});

test.each<[string, Case]>([
  ['a new public Space', { space: 'missing', inputs: visible('public', false) }],
  ['a Space that is public', { space: { visibility: 'public' }, inputs: visible('private', false) }],
  ['a Space that becomes public', { space: { visibility: 'private' }, inputs: visible('public', true) }],
])('files that hold secrets are refused, all of them, for %s', (_, given) => {
  const refused = (path: string, holds: string) => ({
    where: path,
    what: `${JSON.stringify(path)} holds ${holds}, and everybody could read it in a public Space.`,
    fix: 'Name it in `exclude`, and give its values as `secrets`; or deploy to a private Space. If everybody may read it, name this very file in `include`.',
  });
  const thrown = (() => {
    try {
      return planOf({ ...given, source: CONFIDENTIAL });
    } catch (error) {
      return error;
    }
  })();
  expect(thrown).toBeInstanceOf(Failure);
  const { kind, problems } = thrown as Failure;
  expect({ kind, problems }).toEqual({
    kind: 'refused',
    problems: [refused('.env', 'a value of API_KEY'), refused('key.pem', 'a private key')],
  });
});

test.each<[string, Case]>([
  ['a new private Space', { space: 'missing', inputs: visible('private', false) }],
  ['a Space that is private', { space: { visibility: 'private' }, inputs: visible('public', false) }],
  ['a Space that becomes private', { space: { visibility: 'public' }, inputs: visible('private', true) }],
  ['a protected Space, whose files are private', { space: { visibility: 'protected' } }],
])('files that hold secrets may go to %s', (_, given) => {
  expect(() => planOf({ ...given, source: CONFIDENTIAL })).not.toThrow();
});

const COMMIT: Step = { kind: 'commit', added: [], changed: [], deleted: [], reason: '' };

test.each<[string, readonly Step[], Step | undefined, boolean]>([
  ['nothing', [], undefined, false],
  ['a commit and a restart', [COMMIT, restart('sleep', 'x')], COMMIT, false],
  ['a creation', [{ kind: 'create', sdk: 'docker', visibility: 'public', reason: '' }], undefined, false],
  ['a visibility', [{ kind: 'set-visibility', from: 'a', to: 'public', reason: '' }], undefined, false],
  ['a variable', [{ kind: 'set-variable', name: 'A', to: 'x', reason: '' }], undefined, true],
  ['a variable less', [{ kind: 'delete-variable', name: 'A', reason: '' }], undefined, true],
  ['a secret', [{ kind: 'set-secret', name: 'A', standing: 'unrecognised', reason: '' }, COMMIT], COMMIT, true],
  ['hardware', [{ kind: 'set-hardware', to: 't4-small', reason: '' }], undefined, true],
  ['a sleep time', [{ kind: 'set-sleep-time', from: -1, to: 60, reason: '' }], undefined, false],
  ['a secret less', [{ kind: 'delete-secret', name: 'A', reason: '' }], undefined, true],
])('of %s, what is committed and whether settings change', (_, steps, commit, settings) => {
  expect([commitStep(only(...steps)), changesSettings(steps)]).toEqual([commit, settings]);
});

const byHand = (...files: string[]) => ({ commit: HEAD, files: new Set(files) });
const remoteOf = (path: string) => ({ path, oid: '0'.repeat(40), size: 1 });
const BY_HAND: Case = {
  files: [A],
  space: {
    adoption: byHand('a.txt', 'data.csv', 'notes.md'),
    tree: treeOf(remoteOf('a.txt'), remoteOf('data.csv'), remoteOf('notes.md'), remoteOf('README.md')),
  },
};

test('files of a Space that was made by hand are not deleted unless somebody agrees', () => {
  const thrown = failureOf(() => planOf(BY_HAND));
  expect([thrown.kind, thrown.problems]).toEqual([
    'refused',
    [
      {
        where: 'Space acme/app',
        what: 'This Space was made by hand, and the source does not have all of its files. Would be deleted: "data.csv", "notes.md".',
        cause: 'No deployment made them: they are the work of somebody. Commit 1111111 of the Space has them.',
        fix: 'Take them into the source; or name those that shall stay in `protect`; or set `adopt: true` for this one deployment.',
      },
    ],
  ]);
});

test.each<[string, Partial<Inputs>, readonly string[]]>([
  [
    'agreed',
    { adopt: true },
    [
      'No deployment made the files of this Space. This one overwrites "a.txt", and deletes "data.csv", "notes.md"; commit 1111111 of the Space keeps them.',
    ],
  ],
  [
    'protected',
    { protect: ['data.csv', '*.md'] },
    [
      'No deployment made the files of this Space. This one overwrites "a.txt"; commit 1111111 of the Space keeps them.',
    ],
  ],
  [
    'only planned',
    { mode: 'plan' },
    [
      'As things are, it would be refused: This Space was made by hand, and the source does not have all of its files. Would be deleted: "data.csv", "notes.md".',
      'No deployment made the files of this Space. This one overwrites "a.txt", and deletes "data.csv", "notes.md"; commit 1111111 of the Space keeps them.',
    ],
  ],
])('what is overwritten and deleted by hand is named when it is %s', (_, inputs, warnings) => {
  expect(planOf({ ...BY_HAND, inputs }).warnings).toEqual(warnings);
});

test("what only the Hub made is nobody's work", () => {
  const tree = treeOf(remoteOf('style.css'), remoteOf('README.md'));
  expect(planOf({ files: [A], space: { tree } }).warnings).toEqual([]);
});

test('dev mode ends before anything else, and who works in it is warned', () => {
  const { steps, restarts, warnings } = planOf({ space: { runtime: { stage: 'RUNNING', sha: HEAD, devMode: true } } });
  expect(steps).toEqual([{ kind: 'end-dev-mode', reason: 'it is in dev mode, in which the Hub builds no commit' }]);
  expect(restarts).toEqual([{ kind: 'start', because: 'the end of dev mode' }]);
  expect(warnings).toEqual([
    'The Space is in dev mode, which ends with this deployment. Changes that were made inside of it and not committed are gone then.',
  ]);
});

const wished = (value: 'public' | 'private' | 'protected') => ({ visibility: { value, from: 'x', explicit: true } });

test.each([
  ['protected', 'private', true],
  ['protected', 'public', true],
  ['private', 'private', true],
  ['public', 'public', true],
  ['private', 'public', false],
  ['public', 'private', false],
] as const)('a Space that shall be %s and reads as %s without a word of visibility', (to, visibility, confirms) => {
  const plan = planOf({ inputs: wished(to), space: { visibility, isVisibilityKnown: false } });
  expect([plan.steps.map(({ kind }) => kind), isAsItShouldBe(plan)]).toEqual([['set-visibility'], confirms]);
});

function failureOf(run: () => unknown): Failure {
  try {
    run();
  } catch (error) {
    return error as Failure;
  }
  throw new Error('nothing was refused');
}

test('old large files are deleted before the commit, when asked for, but for one that may be in the source', () => {
  const old = (fileOid: string, size: number, path?: string) => ({ fileOid, oid: fileOid, size, path });
  const space = { oldObjects: [old('one', 300, 'model.bin'), old('two', A.size)] };
  const steps = [
    {
      kind: 'prune-large-files',
      objects: [{ fileOid: 'one', size: 300, path: 'model.bin' }],
      reason: 'none of the versions that are kept has them',
    },
    expect.objectContaining({ kind: 'commit' }),
  ];
  expect(planOf({ inputs: { pruneLargeFiles: true }, files: [A], space }).steps).toEqual(steps);
  expect(planOf({ files: [A], space }).steps).toEqual(steps.slice(1));
  const onlyPrunes = planOf({ inputs: { pruneLargeFiles: true }, space });
  expect([onlyPrunes.steps.map(({ kind }) => kind), isAsItShouldBe(onlyPrunes)]).toEqual([['prune-large-files'], true]);
});
