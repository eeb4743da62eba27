import { expect, test } from '@jest/globals';
import { uploadLargeFiles } from '../../../src/hub/commit/upload-large-files.ts';
import type { Session } from '../../../src/hub/hub.ts';
import { deleteLargeObjects } from '../../../src/hub/large-objects.ts';
import { endDevMode, setHardware, setSleepTime } from '../../../src/hub/runtime.ts';
import { deleteSetting, putSetting } from '../../../src/hub/settings.ts';
import { createSpace, deleteSpace, setVisibility } from '../../../src/hub/space.ts';
import { setVolumes } from '../../../src/hub/volumes.ts';
import { sha256Of } from '../../../src/source/blob-id.ts';
import { memoryFile } from '../files.ts';
import { fakeHub } from './fake-hub.ts';

const ID = 'acme/app';
const DATA = { type: 'bucket', source: 'acme/data', mountPath: '/data', readOnly: false } as const;
const SPACE = { owner: 'acme', name: 'app', sdk: 'docker', visibility: 'private', variables: [], secrets: [] } as const;

/** Every operation that changes something and does not read what is answered. */
const OPERATIONS: readonly [string, (session: Session) => Promise<unknown>][] = [
  ['volumes are set', (session) => setVolumes(session, ID, [DATA])],
  ['volumes are removed', (session) => setVolumes(session, ID, [])],
  ['large files are deleted', (session) => deleteLargeObjects(session, ID, ['a'.repeat(64)])],
  ['a variable is set', (session) => putSetting(session, ID, 'variables', { key: 'A', value: '1' })],
  ['a secret is deleted', (session) => deleteSetting(session, ID, 'secrets', 'A')],
  ['hardware is set', (session) => setHardware(session, ID, 'cpu-basic')],
  ['a sleep time is set', (session) => setSleepTime(session, ID, 300)],
  ['dev mode is ended', (session) => endDevMode(session, ID)],
  ['visibility is set', (session) => setVisibility(session, ID, 'public')],
  ['a Space is created', (session) => createSpace(session, SPACE)],
  ['a Space is deleted', (session) => deleteSpace(session, ID)],
];

/** What hub-contract §24, U23 has of the body, and what is between two of its readings. */
const GOOD = [
  ['JSON', { status: 200, body: '{}' }],
  ['text', { status: 200, body: 'OK' }],
  ['nothing', { status: 200, body: '' }],
  ['204', { status: 204, body: null }],
] as const;
const PAGE = { status: 200, body: '<!doctype html><title>Sign in</title>' };
const PART_OF_A_PAGE = { status: 200, body: '<!-- proxy --><p>Sign in', headers: { 'content-type': 'text/html' } };

const CASES = OPERATIONS.flatMap(([what, operation]) =>
  GOOD.map(([body, answer]) => [what, body, operation, answer] as const),
);

test.each(CASES)('%s, and the answer is %s: it is done, with one request', async (_what, _body, operation, answer) => {
  const { session, heard } = fakeHub(answer);
  await operation(session);
  expect(heard).toHaveLength(1);
});

test.each(OPERATIONS)('%s, and a page is answered: it is requested again', async (_what, operation) => {
  const ok = { status: 200, body: 'OK', headers: { 'content-type': 'text/html' } };
  const { session, heard } = fakeHub(PAGE, PART_OF_A_PAGE, ok);
  await operation(session);
  expect(heard).toHaveLength(3);
});

test.each([...GOOD, ['a page, then text', PAGE] as const])(
  'the parts of a large file are put together, and the answer is %s: the file is stored',
  async (_body, answer) => {
    const file = memoryFile('model.bin', 'x'.repeat(30));
    const oid = await sha256Of(file.content);
    const part = (number: number) => [`0000${number}`, `https://store.example/${number}`];
    const header = { chunk_size: '20', ...Object.fromEntries([part(1), part(2)]) };
    const upload = { href: 'https://hub.example/api/complete_multipart/1?signature=2', header };
    const etag = { status: 200, body: '', headers: { etag: '"1"' } };
    const { session, heard } = fakeHub(
      { status: 200, body: JSON.stringify({ files: [{ path: file.path, uploadMode: 'lfs', shouldIgnore: false }] }) },
      {
        status: 200,
        body: JSON.stringify({ transfer: 'multipart', objects: [{ oid, size: 30, actions: { upload } }] }),
      },
      etag,
      etag,
      answer,
      { status: 200, body: 'OK' },
    );

    const { oids } = await uploadLargeFiles(session, ID, [file], 'lfs');

    expect([[...oids], heard.length]).toEqual([[['model.bin', oid]], answer === PAGE ? 6 : 5]);
  },
);
