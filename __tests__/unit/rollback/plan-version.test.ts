import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { writePreviousSettings } from '../../../src/marks/previous-settings.ts';
import { type Trailers, writeTrailers } from '../../../src/marks/trailers.ts';
import { chooseVersion } from '../../../src/rollback/choose-version.ts';
import { planVersion } from '../../../src/rollback/plan-version.ts';
import { settingsThen } from '../../../src/rollback/settings-then.ts';
import type { PresentSpace } from '../../../src/space/space-state.ts';
import { historyOf } from '../../../src/space/versions.ts';
import { spaceOf } from '../space-of.ts';

const [NEW, OLD] = ['2'.repeat(40), '1'.repeat(40)];
const TOKEN = `hf_${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'}`;
const OURS = 'Set by Spaceport; fingerprint s1:x';
const DATE = '2026-11-28T05:30:10.000Z';
const at = (seconds: number) => Date.parse(DATE) + seconds * 1_000;
const settings = (of: Readonly<Record<string, object>>) =>
  new Map(Object.entries({ APP_ENV: { value: 'production' }, ...of }));

/** The plan of going back by one version, with what the newer one says of the settings before it. */
function planOf(space: Partial<PresentSpace>, said: Trailers, environment = 'production', sdk = 'docker') {
  const commit = (id: string, trailers: Trailers) => ({ id, title: '', message: writeTrailers(trailers), date: DATE });
  const history = historyOf([
    commit(NEW, { contentDigest: 'c', previousCommit: OLD, ...said }),
    commit(OLD, { contentDigest: 'c', environment }),
  ]);
  const now = spaceOf({ head: NEW, runtime: { stage: 'RUNNING', sha: NEW }, ...space });
  const choice = chooseVersion(now.id, history, undefined);
  const then = settingsThen(choice, now);
  const { steps, warnings } = planVersion({
    space: now,
    history,
    choice,
    settings: then,
    tree: new Map(),
    readme: '',
    card: { sdk },
  });
  return { steps: steps.map((step) => `${step.kind} ${'name' in step ? step.name : ''}`), warnings };
}
const before = (variables: Readonly<Record<string, string | null>>, ...secrets: readonly string[]): Trailers => ({
  previousSettings: writePreviousSettings({ variables: { APP_ENV: 'production', ...variables }, secrets }),
});

const LOST = (details: string) =>
  `Secrets that cannot come back, because their values cannot be read (${details}). Set them again if the restored version needs the old values.`;

test.each<[string, Partial<PresentSpace>, Trailers, readonly string[], readonly string[]]>([
  ['nothing differs', { variables: settings({ A: { value: '1' } }) }, before({ A: '1' }), [], []],
  [
    'a variable that a deployment set goes, and that of somebody else stays',
    {
      variables: settings({
        OURS: { value: '1', description: 'Set by Spaceport; run 1, before: none' },
        THEIRS: { value: '1' },
      }),
    },
    before({}),
    ['delete-variable OURS'],
    ['Left as it is, because no deployment is known to have set it: the variable THEIRS.'],
  ],
  [
    'a variable that became a secret of ours: the secret goes first',
    { variables: settings({}), secrets: new Map([['A', { description: OURS }]]) },
    before({ A: '1' }),
    ['delete-secret A', 'set-variable A'],
    [],
  ],
  [
    'a variable that became a secret of somebody else stays a secret',
    { variables: settings({}), secrets: new Map([['A', {}]]) },
    before({ A: '1' }),
    [],
    ['Not restored, because somebody set a secret of the same name: the variable A.'],
  ],
  [
    'a secret that became a variable is gone',
    { variables: settings({ A: { value: '1', description: 'Set by Spaceport' } }) },
    before({}, 'A'),
    ['delete-variable A'],
    [LOST('gone: A')],
  ],
  [
    'secrets that were set again, by the time of the Hub and by their descriptions; others; new ones',
    {
      secrets: new Map([
        ['LATER', { description: OURS, updatedAt: at(1) }],
        ['BY_RUN', { description: `${OURS}; run 7, before: "another value"`, updatedAt: at(0) }],
        ['SAME', { description: OURS, updatedAt: at(0.9) }],
        ['NEW', { description: OURS, updatedAt: at(60) }],
      ]),
    },
    { ...before({}, 'LATER', 'BY_RUN', 'SAME', 'GONE'), runId: '7' },
    [],
    [
      LOST('set again since: LATER, BY_RUN; gone: GONE'),
      'Left as it is, although that version did not have it: the secret NEW.',
    ],
  ],
  [
    'a value that is not recorded',
    { variables: settings({ KEY: { value: 'now' } }) },
    before({ KEY: null }),
    [],
    ['Not restored, because its value at that time is not recorded: the variable KEY.'],
  ],
  [
    'a credential, where everybody could read it',
    { visibility: 'public', variables: settings({}) },
    before({ HF: TOKEN }),
    [],
    ['Not restored, because everybody could read it, and it contains a credential: the variable HF.'],
  ],
  ['a credential in a private Space', { variables: settings({}) }, before({ HF: TOKEN }), ['set-variable HF'], []],
  [
    'a version after which an older release deployed',
    { secrets: new Map([['S', { updatedAt: at(9) }]]) },
    {},
    [],
    [
      'What variables this version had is recorded in part only, because an earlier release of Spaceport made the version after it. Restored are those that deployments changed since; look at the others.',
      LOST('set again since: S'),
      'Which secrets this version had is not recorded: one that was deleted since cannot be named.',
    ],
  ],
  ['a Space that is paused', { runtime: { stage: 'PAUSED' } }, before({}), ['restart '], []],
  [
    'a Space in dev mode',
    { runtime: { stage: 'RUNNING', sha: NEW, devMode: true } },
    before({}),
    ['end-dev-mode '],
    [],
  ],
])('%s', (_, space, said, steps, warnings) => {
  expect(planOf(space, said)).toEqual({ steps, warnings });
});

test('the environment stays, whatever it was', () => {
  expect(planOf({}, before({ APP_ENV: 'staging' }), 'staging')).toEqual({
    steps: [],
    warnings: ['That version was deployed to staging. The environment of the Space stays production.'],
  });
});

test.each<[string, Partial<PresentSpace>, readonly string[]]>([
  [
    'a secret',
    { secrets: new Map([['S', {}]]), visibility: 'private' },
    ['Every visitor could read its secrets once it is static: S.'],
  ],
  [
    'secrets that nobody may list',
    { areSecretsHidden: true },
    ['This token may not list the secrets of the Space, and every visitor could read them once it is static.'],
  ],
  [
    'a credential among the variables that only a static Space shows',
    { variables: settings({ A: { value: TOKEN } }), visibility: 'protected' },
    ['Its variable A contains a token of Hugging Face, and everybody could read it once the Space is static.'],
  ],
])('a version that was static is refused where it would show %s', (_, space, whats) => {
  let problems: readonly unknown[] = [];
  try {
    planOf({ sdk: 'docker', variables: settings({}), ...space }, before({ A: TOKEN }), 'production', 'static');
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    problems = error.problems.map(({ what }) => what);
  }
  expect(problems).toEqual(whats);
});
