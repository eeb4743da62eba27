import { expect, test } from '@jest/globals';
import { areSameVolumes, parseVolumes, type Volume, volumeText } from '../../../src/inputs/volumes.ts';

const bucket: Volume = { type: 'bucket', source: 'me/data', mountPath: '/data', readOnly: false };

test.each<[text: string, volume: Partial<Volume>]>([
  ['hf://buckets/me/data:/data', {}],
  ['hf://buckets/me/data:/data/', {}],
  ['- hf://buckets/me/data:/data:rw', {}],
  ['hf://buckets/me/data:/data:ro', { readOnly: true }],
  ['hf://buckets/me/data/a/b:/mnt/x', { path: 'a/b', mountPath: '/mnt/x' }],
  ['hf://me/model:/m', { type: 'model', source: 'me/model', mountPath: '/m', readOnly: true }],
  [
    'hf://models/me/model@v1:/m:ro',
    { type: 'model', source: 'me/model', mountPath: '/m', readOnly: true, revision: 'v1' },
  ],
  ['hf://me/model@main:/m', { type: 'model', source: 'me/model', mountPath: '/m', readOnly: true }],
  [
    'hf://datasets/me/leads@refs/pr/3/train:/leads',
    { type: 'dataset', source: 'me/leads', mountPath: '/leads', readOnly: true, revision: 'refs/pr/3', path: 'train' },
  ],
  ...(
    [
      // As huggingface_hub 2.4.0 reads them.
      ['feature%2Fone', 'feature/one', undefined],
      ['feature%2fone/train', 'feature/one', 'train'],
      ['feature/one', 'feature', 'one'],
      ['100%25', '100%', undefined],
      ['100%', '100%', undefined],
      ['%zz', '%zz', undefined],
      ['caf%C3%A9', 'café', undefined],
      ['caf%C3', 'caf\ufffd', undefined],
      ['%6Dain', undefined, undefined],
      ['refs%2Fpr%2F3', 'refs/pr/3', undefined],
      ['refs/convert/parquet/default', 'refs/convert/parquet', 'default'],
      ['refs/pr/three', 'refs', 'pr/three'],
      ['refs/heads/one', 'refs', 'heads/one'],
    ] as const
  ).map(([written, revision, path]): [string, Partial<Volume>] => [
    `hf://datasets/me/leads@${written}:/leads`,
    { type: 'dataset', source: 'me/leads', mountPath: '/leads', readOnly: true, revision, path },
  ]),
  ['hf://spaces/me/other:/other', { type: 'space', source: 'me/other', mountPath: '/other', readOnly: true }],
])('%s', (text, volume) => {
  expect(parseVolumes(text)).toEqual({ ok: true, value: [{ ...bucket, ...volume }] });
});

test('nothing, and comments alone, are no input', () => {
  expect([parseVolumes(''), parseVolumes('# none')]).toEqual([
    { ok: true, value: undefined },
    { ok: true, value: undefined },
  ]);
});

test.each<[text: string, what: string]>([
  ['me/data:/data', 'is not a volume'],
  ['hf://buckets/me:/data', 'is not a volume'],
  ['hf://buckets/me/data', 'is not a volume'],
  ['hf://bucket/me/data:/data:rx', 'is not a volume'],
  ['hf://buckets/me/data:data', 'has a mount path that is not absolute'],
  ['hf://buckets/me/data:./data', 'has a mount path that is not absolute'],
  ['hf://buckets/me/data:/', 'cannot be mounted there'],
  ['hf://buckets/me/data:/a/../../etc', 'cannot be mounted there'],
  ['hf://buckets/me/data@main:/data', 'a bucket has no revisions'],
  ['hf://datasets/me/data:/data:rw', 'the Hub always mounts datasets read-only'],
  ['hf://buckets/me/a:/data\nhf://buckets/me/b:/data/', 'Two volumes are mounted at "/data"'],
])('%j is refused', (text, what) => {
  expect(parseVolumes(text)).toEqual({
    ok: false,
    problems: [expect.objectContaining({ what: expect.stringContaining(what) })],
  });
});

test('the order does not matter, everything else does', () => {
  const other = { ...bucket, mountPath: '/other' };
  expect([
    areSameVolumes([bucket, other], [other, bucket]),
    areSameVolumes([bucket], [{ ...bucket, readOnly: true }]),
    areSameVolumes([bucket], [{ ...bucket, path: 'sub' }]),
    areSameVolumes([bucket], []),
  ]).toEqual([true, false, false, false]);
});

test('a volume is written as it is read', () => {
  const texts = [
    'hf://buckets/me/data:/data',
    'hf://buckets/me/data/sub:/sub:ro',
    'hf://models/me/model@v1/weights:/m',
    'hf://models/me/model@feature%2Fone/weights:/one',
    'hf://models/me/model@refs%2Fheads%2Fone:/heads',
    'hf://models/me/model@refs/pr/3/weights:/pr',
    'hf://models/me/model@refs/convert/a.b-c:/convert',
    'hf://models/me/model@100%25%252F:/percent',
    'hf://models/me/model@café:/café',
    'hf://spaces/me/other:/other',
  ];
  const parsed = parseVolumes(texts.join('\n'));
  expect(parsed.ok && parsed.value?.map(volumeText)).toEqual(texts);
});
