// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import type { Hub } from '../../emulator/api.ts';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';

type Answer = Parameters<Hub['fault']>[0]['then'];
const says = (...lines: readonly string[]) => lines.join('\n');
const COMMIT = 'POST /api/spaces/:owner/:name/commit/:rev';
const INFO = 'GET /api/spaces/:owner/:name';
const RATE =
  'More requests came than a window of five minutes allows, from this account over all of its workflows, or from the address of this runner.';
const OUTAGE = 'The Hub has an outage, or something between this runner and the Hub has one.';
const LATER = 'See https://status.huggingface.co, then run it again; nothing is done twice.';
const FULL =
  'The large files (LFS and Xet) of this Space fill its repository, whose limit is 1 GB. Those of all its old commits count too: deleting a file from the newest one frees nothing.';
const MAKE_ROOM =
  'Set `prune-large-files: true`, which deletes those of old versions, or delete them under Settings of the Space, "Storage"; or keep models and data in a model or dataset repository that the app loads when it starts; leave large files out with `exclude`.';

interface Refusal {
  readonly why: string;
  readonly route: string;
  readonly then: Answer;
  /** What is said of it, without the request id. */
  readonly said: readonly [what: string, where: string, cause: string, fix: string];
}

const REFUSALS: readonly Refusal[] = [
  {
    why: 'an outage that lasts, in JSON',
    route: INFO,
    then: { status: 500, body: { error: 'Internal Error - We are working hard to fix this as soon as possible!' } },
    said: [
      'The Hub could not read the Space me/app: Internal Error - We are working hard to fix this as soon as possible!',
      'GET /api/spaces/me/app answered 500',
      OUTAGE,
      LATER,
    ],
  },
  {
    why: 'an outage that lasts, as a page of the edge',
    route: INFO,
    then: {
      status: 502,
      headers: { 'content-type': 'text/html' },
      body: '<html><title>502 Bad Gateway</title></html>',
    },
    said: [
      'The Hub could not read the Space me/app: an HTML page, "502 Bad Gateway"',
      'GET /api/spaces/me/app answered 502',
      OUTAGE,
      LATER,
    ],
  },
  {
    why: 'a rate limit with text only',
    route: INFO,
    then: { status: 429, headers: { 'content-type': 'text/plain' }, body: 'We had to rate limit you. Please log in.' },
    said: [
      'The Hub refused to read the Space me/app: We had to rate limit you. Please log in.',
      'GET /api/spaces/me/app answered 429',
      RATE,
      'Wait five minutes, then run it again; nothing is done twice.',
    ],
  },
  {
    why: 'a rate limit with a longer wait than its windows have',
    route: INFO,
    then: { status: 429, headers: { 'retry-after': '1800' }, body: { error: 'Too Many Requests' } },
    said: [
      'The Hub refused to read the Space me/app: Too Many Requests',
      'GET /api/spaces/me/app answered 429',
      RATE,
      'Wait 30m, as the Hub asks, then run it again; nothing is done twice.',
    ],
  },
  {
    why: 'a Space whose repository is full',
    route: COMMIT,
    then: { status: 403, body: { error: 'Repository storage limit reached (Max: 1 GB)' } },
    said: [
      'The Hub refused to make a commit in me/app: Repository storage limit reached (Max: 1 GB)',
      'POST /api/spaces/me/app/commit/main answered 403',
      FULL,
      MAKE_ROOM,
    ],
  },
  {
    why: 'private storage that is full',
    route: COMMIT,
    then: {
      status: 403,
      headers: { 'x-error-message': 'Private repository storage limit reached, please upgrade your plan' },
      body: 'Forbidden',
    },
    said: [
      'The Hub refused to make a commit in me/app: Private repository storage limit reached, please upgrade your plan',
      'POST /api/spaces/me/app/commit/main answered 403',
      'The private repositories of the owner together hold as much as the plan of the owner allows.',
      'Delete private repositories or old large files of the owner, deploy with `visibility: public`, or get more storage at https://huggingface.co/settings/billing.',
    ],
  },
  {
    why: 'a firewall before the Hub',
    route: COMMIT,
    then: { status: 403, headers: { 'content-type': 'text/html' }, body: '<html><title>403 Forbidden</title></html>' },
    said: [
      'The Hub refused to make a commit in me/app: an HTML page, "403 Forbidden"',
      'POST /api/spaces/me/app/commit/main answered 403',
      'Something in front of the Hub has answered, not the Hub itself: its firewall, or a proxy of the network of this runner.',
      'Run it again later or on another runner; if that does not help, report it with the request id.',
    ],
  },
  {
    why: 'a commit that is refused without a word',
    route: COMMIT,
    then: { status: 403, body: '' },
    said: [
      'The Hub refused to make a commit in me/app: no text, only status 403',
      'POST /api/spaces/me/app/commit/main answered 403',
      'The Hub gives no reason. Either the token lacks this right, or there is too much in one commit (more than about 10,000 files).',
      'Use a token with write access to this Space: https://huggingface.co/settings/tokens (fine-grained: "Write access to contents/settings of selected repos"). If it has that, deploy fewer files with `exclude`.',
    ],
  },
];

test.concurrent.each(REFUSALS)(
  '$why: the words of the Hub, the request, its own cause and its own fix',
  async ({ route, then, said: [what, where, cause, fix] }) => {
    await using lab = await openLab(staticSite('one'));
    lab.hub.fault({ route, on: 'every', then });

    const run = await lab.deploy();

    const [error = ''] = run.errors;
    expect([run.errors.length, run.exitCode, error.replace(/, request Root=[\w-]+$/m, '')]).toEqual([
      1,
      1,
      says(what, `Where: ${where}`, `Cause: ${cause}`, `Fix: ${fix}`),
    ]);
    expect(error).toMatch(/, request Root=[\w-]+$/m);
    expect(run.summary).not.toMatch(/could not be reached/);
  },
);

test.concurrent('a full repository that the batch of large files refuses: nothing is tried again', async () => {
  const model = Buffer.from(Array.from({ length: 5_000 }, (_, i) => i % 256));
  await using lab = await openLab({ ...staticSite('one'), 'model.bin': model });
  const oid = createHash('sha256').update(model).digest('hex');
  lab.hub.fault({
    route: 'POST /spaces/:owner/:name.git/info/lfs/objects/batch',
    on: 'every',
    then: {
      status: 200,
      headers: { 'content-type': 'application/vnd.git-lfs+json' },
      body: {
        transfer: 'basic',
        objects: [{ oid, size: 5_000, error: { code: 422, message: 'Repository storage limit reached (Max: 1 GB)' } }],
      },
    },
  });

  const run = await lab.deploy();

  expect(run.errors.map((text) => text.replace(/Request ID: Root=[\w-]+/, 'Request ID: …'))).toEqual([
    says(
      'A large file could not be uploaded: Error while doing LFS batch call for model.bin: Repository storage limit reached (Max: 1 GB) - Request ID: …',
      'Where: "model.bin"',
      `Cause: ${FULL}`,
      `Fix: ${MAKE_ROOM}`,
    ),
  ]);
  expect(run.requests.filter((request) => request.includes('objects/batch'))).toHaveLength(1);
});

test.concurrent.each([
  ['JSON', 'a'],
  ['text', 'b'],
] as const)('a refusal whose body is %s: its words and the request are kept (U13, U14)', async (_, reading) => {
  await using lab = await openLab(staticSite('one'), { readings: { U13: reading, U14: reading } });

  const run = await lab.deploy({ token: 'hf_me_read' });

  expect(run.errors.map((text) => text.split('\n').slice(0, 2).join('\n'))).toEqual([
    expect.stringMatching(
      /^The Hub refused to create the Space me\/app: You don't have the rights to create a space under the namespace "me"\nWhere: POST \/api\/repos\/create answered 403, request Root=[\w-]+$/,
    ),
  ]);
});

test.concurrent('a commit that is refused after settings were changed: it says what was changed', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ variables: 'GREETING=one\nOLD=1' });
  lab.workspace.commit({ 'data.txt': 'two' });
  lab.hub.fault({
    route: COMMIT,
    then: { status: 403, body: { error: 'Repository storage limit reached (Max: 1 GB)' } },
  });

  const refused = await lab.deploy({ variables: 'GREETING=two\nNEW=1', 'settings-strategy': 'mirror' });

  expect(refused.errors.at(-1)).toBe(
    says(
      'Before it failed, this run set GREETING and NEW, and deleted OLD: what runs now has these settings, unless they were changed again since.',
      'Where: Space me/app',
      'Fix: When the cause above is gone, deploy what should run once more: that sets its settings, too.',
    ),
  );
  expect(refused.errors.map((error) => error.split('\n')[0])).toEqual([
    'The Hub refused to make a commit in me/app: Repository storage limit reached (Max: 1 GB)',
    expect.stringContaining('Before it failed, this run set GREETING'),
  ]);
  expect(lab.space().variables).toMatchObject({ GREETING: { value: 'two' }, NEW: { value: '1' } });
});
