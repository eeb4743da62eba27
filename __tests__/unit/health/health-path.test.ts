import { expect, test } from '@jest/globals';
import { healthPathBefore, healthPathOf } from '../../../src/health/health-path.ts';

test.each([
  [{ requestedSdk: 'docker' }, '/health'],
  [{ requestedSdk: 'streamlit' }, '/_stcore/health'],
  [{ requestedSdk: 'gradio' }, '/'],
  [{ requestedSdk: 'static' }, '/'],
] as const)('a Space of %j is checked on %s by default', (source, path) => {
  expect([healthPathOf({}, source), healthPathOf({ healthPath: '/up' }, source)]).toEqual([path, '/up']);
});

test.each([
  ['/up?deep=1', '/up?deep=1'],
  [undefined, '/health'],
  ['@evil.example/', '/health'],
  ['.evil.example/health', '/health'],
  ['//evil.example', '/health'],
  [':443@evil.example', '/health'],
  ['health', '/health'],
])('a previous version whose commit says %j is checked on %s', (healthPath, path) => {
  expect(healthPathBefore(healthPath === undefined ? {} : { healthPath }, { requestedSdk: 'docker' })).toBe(path);
});
