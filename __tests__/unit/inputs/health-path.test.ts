import { expect, test } from '@jest/globals';
import { parseHealthPath } from '../../../src/inputs/scalars.ts';

test.each([
  ['', undefined],
  ['/', '/'],
  ['/health', '/health'],
  ['/_stcore/health?deep=1', '/_stcore/health?deep=1'],
])('%j is the path %j', (text, value) => {
  expect(parseHealthPath(text)).toEqual({ ok: true, value });
});

test.each(['health', '//evil.example', 'https://evil.example', '/a b', '/\\evil.example', '@evil.example/'])(
  '%j could lead elsewhere and is refused',
  (text) => {
    expect(parseHealthPath(text)).toEqual({
      ok: false,
      problems: [{ what: `${JSON.stringify(text)} is not a path of the app.`, fix: 'Begin with one slash: /health.' }],
    });
  },
);
