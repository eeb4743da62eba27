import { expect, test } from '@jest/globals';
import { Response } from 'undici';
import { Failure } from '../../../src/base/failure.ts';
import type { Session } from '../../../src/hub/hub.ts';
import { readSpace } from '../../../src/space/read-space.ts';
import { fakeHub } from '../hub/fake-hub.ts';
import { inputsOf } from '../inputs-of.ts';

/** A Space at one moment. */
interface Moment {
  readonly head: string;
  /** Newest first. */
  readonly commits: readonly { readonly id: string; readonly message: string }[];
  readonly environment?: string | undefined;
  readonly greeting: string;
  readonly secrets: readonly string[];
  readonly sdk: string;
  readonly files: Readonly<Record<string, string>>;
}

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const message = (digest: string, runId: string, environment = 'production') =>
  `Run-Id: ${runId}\nEnvironment: ${environment}\nContent-Digest: ${digest}\nRun-Url: https://github.com/me/app/actions/runs/${runId}`;
const ofA = { id: A, message: message('old', '7') };

const BEFORE: Moment = {
  head: A,
  commits: [ofA],
  environment: 'production',
  greeting: 'old',
  secrets: [],
  sdk: 'static',
  files: { 'app.js': '1'.repeat(40) },
};
/** What somebody may do in the middle of our look: change settings, then commit. */
const AFTER: Moment = {
  ...BEFORE,
  head: B,
  greeting: 'new',
  secrets: ['KEY'],
  sdk: 'docker',
  files: { 'app.js': '2'.repeat(40), Dockerfile: '3'.repeat(40) },
};
const withCommit = (text: string, more: Partial<Moment> = {}): Moment => ({
  ...AFTER,
  commits: [{ id: B, message: text }, ofA],
  ...more,
});

/** The answer of the Hub to one path, at one moment. */
function answerOf(path: string, { head, commits, environment, greeting, secrets, sdk, files }: Moment): unknown {
  const siblings = Object.entries(path.includes(A) ? BEFORE.files : files).map(([rfilename, blobId]) => {
    return { rfilename, blobId, size: 1 };
  });
  const info = { id: 'acme/app', sha: path.includes(A) ? A : head, sdk, private: true, cardData: { sdk }, siblings };
  const variables = { GREETING: { value: greeting }, ...(environment && { APP_ENV: { value: environment } }) };
  if (path.includes('/commits/')) return path.includes(A) ? [ofA] : commits;
  if (path.endsWith('/variables')) return variables;
  if (path.endsWith('/secrets')) return Object.fromEntries(secrets.map((name) => [name, { key: name }]));
  if (path.endsWith('/host')) return { host: 'https://acme-app.hf.space' };
  if (path.endsWith('/runtime')) return { stage: 'RUNNING', sha: head, hardware: { requested: 'cpu-basic' } };
  return info;
}

const QUESTIONS = 6;
/** Every order in which a commit can come in between six questions: those of the set are answered before it. */
const ORDERS = Array.from({ length: 2 ** QUESTIONS }, (_, bits) => bits);

/** A Hub where the first look finds `BEFORE` for the questions of `order`, and `after` for all others. */
function hubWith(after: Moment, order: number): Session {
  const asked = new Set<string>();
  const fetch: Session['fetch'] = async (input) => {
    const path = String(input).slice('https://hub.example'.length);
    const number = asked.size;
    const isFirst = number < QUESTIONS && !asked.has(path);
    asked.add(path);
    const moment = isFirst && ((order >> number) & 1) === 1 ? BEFORE : after;
    return new Response(JSON.stringify(answerOf(path, moment)), { headers: { 'content-type': 'application/json' } });
  };
  return { ...fakeHub().session, fetch };
}

/** What a look finds, or why it refuses. */
async function look(after: Moment, order: number, digest: string, values = {}) {
  const inputs = inputsOf({ hubUrl: 'https://hub.example', ...values });
  try {
    const space = await readSpace(hubWith(after, order), inputs, digest);
    if (space.kind === 'missing') throw new Error('there is a Space at every moment');
    const { head, sdk, variables, secrets, tree, trailers } = space;
    return {
      head,
      sdk,
      digest: trailers.contentDigest,
      greeting: variables.get('GREETING')?.value,
      secrets: [...secrets.keys()],
      tree: tree && [...tree.values()].map(({ path, oid }) => [path, oid]),
    };
  } catch (error) {
    if (error instanceof Failure) return error.message;
    throw error;
  }
}

const found = ({ head, commits, greeting, secrets, sdk, files }: Moment) => ({
  head,
  sdk,
  digest: /Content-Digest: (\S+)/.exec(commits[0]?.message ?? '')?.[1],
  greeting,
  secrets,
  tree: Object.entries(files),
});

/** What a plan may be made of: a commit on top of `B` only with all of `B`. One on top of `A` the Hub refuses now. */
function torn(results: readonly Awaited<ReturnType<typeof look>>[], after: Moment): readonly unknown[] {
  const whole = JSON.stringify(found(after));
  return results.filter(
    (result) => JSON.stringify(result) !== whole && (typeof result === 'string' || result.head !== A),
  );
}

test.each([
  ['a deployment of this environment', withCommit(message('theirs', '8'))],
  ['a commit by hand', withCommit('By hand')],
  ['a rollback', withCommit(`${message('theirs', '8')}\nUndoes: ${A}`)],
])(
  'where %s comes in between the questions, in whatever order, what is found belongs to one commit',
  async (_what, after) => {
    const run = { isManual: true, id: '5', url: 'https://github.com/me/app/actions/runs/5' };
    const results = await Promise.all(ORDERS.map((order) => look(after, order, 'ours', { run })));
    expect(torn(results, after)).toEqual([]);
  },
);

test('where a newer run comes in between, the older one never goes on top of it', async () => {
  const run = { isManual: false, id: '5', url: 'https://github.com/me/app/actions/runs/5' };
  const after = withCommit(message('theirs', '8'));
  const results = await Promise.all(ORDERS.map((order) => look(after, order, 'ours', { run })));
  expect(results.filter((result) => typeof result !== 'string' && result.head !== A)).toEqual([]);
});

test.each(['ours', 'theirs'])(
  'where another environment comes in between, with %s content, it is refused',
  async (digest) => {
    const after = withCommit(message('theirs', '8', 'staging'), { environment: 'staging' });
    const run = { isManual: true };
    const results = await Promise.all(ORDERS.map((order) => look(after, order, digest, { run })));
    expect(results.filter((result) => typeof result !== 'string' && result.head !== A)).toEqual([]);
  },
);

test('a commit that the questions disagree about is waited for, three times at most', async () => {
  const after = withCommit(message('theirs', '8'));
  // The newest commit is another one than the Space names, for ever.
  const session = hubWith(after, 0);
  const fetch: Session['fetch'] = async (input) => {
    const path = String(input).slice('https://hub.example'.length);
    asked.push(path);
    const body = answerOf(path, path.includes('/commits/') ? after : BEFORE);
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  };
  const asked: string[] = [];
  const space = await readSpace({ ...session, fetch }, inputsOf(), 'ours');
  expect([space.kind === 'present' && space.head, asked.filter((path) => path.endsWith('/host')).length]).toEqual([
    B,
    3,
  ]);
});
