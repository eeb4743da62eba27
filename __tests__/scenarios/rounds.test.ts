import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { countRounds } from './support/rounds.ts';

const QUESTIONS = [
  'GET /api/spaces/me/app/commits/main?limit=2',
  'GET /api/spaces/me/app/host',
  'GET /api/spaces/me/app/runtime',
  'GET /api/spaces/me/app/secrets',
  'GET /api/spaces/me/app/variables',
];
const BRIEF = 'GET /api/spaces/me/app?expand=sha&expand=sdk&expand=private&expand=cardData';
const VALIDATE = 'POST /api/validate-yaml';
const PREUPLOAD = 'POST /api/spaces/me/app/preupload/main';
const COMMIT = 'POST /api/spaces/me/app/commit/main';

const LOOK = [...QUESTIONS, BRIEF, VALIDATE].sort();

// One after the other: while the files of one are written, a gateway in this process answers nothing, and is asked again.
test.each([10, 5_000])('%d files take as few rounds as possible', async (count) => {
  const pages = Object.fromEntries(
    Array.from({ length: count - 3 }, (_, index) => [`pages/${index % 50}/${index}.txt`, `page ${index}\n`]),
  );
  await using lab = await openLab({ ...staticSite('1'), ...pages }, { pace: { buildMs: 0, startMs: 0 } });
  await using counter = await countRounds(lab.hub.url);
  const inputs = { 'hub-url': counter.url };

  const first = await lab.deploy(inputs);
  const created = counter.take();
  const again = await lab.deploy(inputs);
  const unchanged = counter.take();
  lab.workspace.commit(staticSite('2'));
  const next = await lab.deploy(inputs);
  const changed = counter.take();

  expect([first, again, next].map(({ errors, outputs }) => [errors, outputs['result']])).toEqual([
    [[], 'deployed'],
    [[], 'unchanged'],
    [[], 'deployed'],
  ]);
  const preuploads = Array.from({ length: Math.ceil(count / 1_000) }, () => PREUPLOAD);
  expect(created).toEqual([
    LOOK,
    ['POST /api/repos/create'],
    [...QUESTIONS, 'GET /api/spaces/me/app?blobs=true', ...preuploads].sort(),
    [COMMIT],
  ]);
  expect(unchanged).toEqual([LOOK]);
  expect(changed).toEqual([
    LOOK,
    [
      'GET /api/spaces/me/app/revision/<commit>?blobs=true',
      'GET /api/spaces/me/app/secrets',
      'GET /api/spaces/me/app/variables',
    ],
    [PREUPLOAD],
    [COMMIT],
  ]);
});
