import { expect, test } from '@jest/globals';
import { settingsBefore, writeCommitMessage } from '../../../src/apply/commit-message.ts';
import { readPreviousSettings, writePreviousSettings } from '../../../src/marks/previous-settings.ts';
import { readTrailers } from '../../../src/marks/trailers.ts';
import { EMPTY_SNAPSHOT } from '../../../src/space/snapshot.ts';
import { inputsOf } from '../inputs-of.ts';
import { sourceOf } from '../space-of.ts';

const run = {
  repository: 'acme/repo',
  id: '42',
  url: 'https://github.com/acme/repo/actions/runs/42',
  isManual: false,
};

test('on GitHub a commit says where it comes from, and the next run can read it', async () => {
  const commit = 'abcdef0123'.repeat(4);
  const { subject, body } = await writeCommitMessage(
    inputsOf({
      run,
      environment: 'staging',
      healthPath: '/up',
      visibility: { value: 'private', from: '', explicit: true },
      variables: new Map([
        ['NEW', '1'],
        ['SAME', '2'],
        ['OTHER', '4'],
      ]),
    }),
    sourceOf([], { commit }),
    {
      commit: 'b'.repeat(40),
      variables: new Map([
        ['APP_ENV', 'staging'],
        ['SAME', '2'],
        ['OTHER', '3'],
        ['UNMANAGED', '5'],
      ]),
      seen: new Map(),
      secrets: new Set(['SESSION', 'KEY']),
      touched: { variables: [], secrets: [] },
      visibility: 'public',
      paused: false,
    },
    'private',
  );
  expect([subject, readTrailers(body)]).toEqual([
    'Deploy abcdef0 of acme/repo to staging',
    {
      sourceCommit: commit,
      sourceUrl: `https://github.com/acme/repo/commit/${commit}`,
      runUrl: run.url,
      runId: '42',
      environment: 'staging',
      sourceDigest: 's'.repeat(64),
      contentDigest: 'c'.repeat(64),
      healthPath: '/up',
      previousCommit: 'b'.repeat(40),
      previousVisibility: 'public',
      previousVariables: Buffer.from('{"NEW":null,"OTHER":"3"}').toString('base64url'),
      previousSettings: writePreviousSettings({
        variables: { APP_ENV: 'staging', OTHER: '3', SAME: '2', UNMANAGED: '5' },
        secrets: ['KEY', 'SESSION'],
      }),
    },
  ]);
});

test("from a person's own machine, outside of git, it says less", async () => {
  expect(await writeCommitMessage(inputsOf(), sourceOf([]), EMPTY_SNAPSHOT, 'private')).toEqual({
    subject: 'Deploy files to production',
    body: `Environment: production\nSource-Digest: ${'s'.repeat(64)}\nContent-Digest: ${'c'.repeat(64)}`,
  });
});

test('the link leads to the repository that the source was cloned from, where everybody may learn of it', async () => {
  const commitUrl = 'https://github.com/acme/other/commit/abcdef0';
  const source = sourceOf([], { commit: 'abcdef0', commitUrl });
  const inputs = inputsOf({ run: { ...run, isPublic: true } });
  const closed = await writeCommitMessage(inputs, source, EMPTY_SNAPSHOT, 'private');
  const open = await writeCommitMessage(inputs, source, EMPTY_SNAPSHOT, 'public');
  expect([closed.subject, readTrailers(closed.body).sourceUrl]).toEqual([
    'Deploy abcdef0 of acme/repo to production',
    commitUrl,
  ]);
  expect([open.subject, readTrailers(open.body).sourceCommit, readTrailers(open.body).sourceUrl]).toEqual([
    'Deploy files of acme/repo to production',
    undefined,
    undefined,
  ]);
});

test.each([
  ['public', undefined],
  ['public', false],
] as const)('in a %s Space nobody learns of a repository whose visibility is %j', async (visibility, isPublic) => {
  const source = sourceOf([], { commit: 'abcdef0123'.repeat(4) });
  const inputs = inputsOf({ run: { ...run, isPublic } });
  const { subject, body } = await writeCommitMessage(inputs, source, EMPTY_SNAPSHOT, visibility);
  expect([subject, readTrailers(body)]).toEqual([
    'Deploy to production',
    {
      runId: '42',
      repositoryHash: expect.stringMatching(/^r1:[\w-]{32}$/),
      environment: 'production',
      sourceDigest: 's'.repeat(64),
      contentDigest: 'c'.repeat(64),
    },
  ]);
});

test.each([
  ['public', true],
  ['protected', false],
  ['private', undefined],
] as const)('in a %s Space a repository is named whose visibility is %j', async (visibility, isPublic) => {
  const inputs = inputsOf({ run: { ...run, isPublic } });
  const { subject, body } = await writeCommitMessage(inputs, sourceOf([]), EMPTY_SNAPSHOT, visibility);
  expect([subject, readTrailers(body).runUrl]).toEqual(['Deploy files of acme/repo to production', run.url]);
});

test('of settings that a message is no place for, only the name is recorded', () => {
  const variables = new Map([
    ['GREETING', 'hello'],
    ['OPENAI', `sk-${'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'}`],
    ['ADMIN_TOKEN', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7'],
    ['LONG', 'x'.repeat(1_001)],
    ...Array.from({ length: 9 }, (_, index): [string, string] => [`PART_${index}`, 'x'.repeat(990)]),
  ]);
  const settings = readPreviousSettings(settingsBefore({ variables, secrets: new Set() }));
  const unrecorded = Object.entries(settings?.variables ?? {}).filter(([, value]) => value === null);
  expect(unrecorded.map(([name]) => name)).toEqual(['ADMIN_TOKEN', 'LONG', 'OPENAI', 'PART_8']);
});
