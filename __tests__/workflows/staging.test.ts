import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type ApiProcess, startApi } from '../../examples/lead-scoring/api/__tests__/harness/api-process.ts';
import { askCheck } from '../../src/health/ask-check.ts';
import { parseChecks } from '../../src/inputs/checks/parse-checks.ts';
import { appAt } from '../unit/app-at.ts';
import { matchesAny } from './support/branch-filter.ts';
import { deployment, deployments, fromFile, job, needsOf, readWorkflow, spaceOf } from './support/workflow.ts';

const staging = readWorkflow('.github/workflows/staging.yml');

test('the staging workflow has the jobs of the plan, and no other', () => {
  expect(Object.keys(staging.jobs)).toEqual(['test', 'deploy-staging-api', 'deploy-staging-dashboard', 'smoke-test']);
});

test('it runs on a push to a version branch, by hand, and at no other time', () => {
  expect(Object.keys(staging.on)).toEqual(['push', 'workflow_dispatch']);
  expect(Object.keys(staging.on['push'] ?? {})).toEqual(['branches']);
});

test.each([
  ['v1.0.0', true],
  ['v0.12.3', true],
  ['v10.20.30', true],
  ['main', false],
  ['v1.0', false],
  ['v1.0.0-rc.1', false],
  ['v1.0.0.0', false],
  ['1.0.0', false],
  ['vX.0.0', false],
  ['v1x0x0', false],
  ['v..', false],
  ['feature/v1.0.0', false],
  ['dev', false],
])('a push to %s: %s', (branch, runs) => {
  expect(matchesAny(staging.on['push']?.['branches'] ?? [], branch)).toBe(runs);
});

test('nothing is deployed before the tests passed, and nothing smoke-tested before both are deployed', () => {
  expect(deployments(staging)).toEqual(['deploy-staging-api', 'deploy-staging-dashboard']);
  expect(Object.entries(staging.jobs).map(([name, of]) => [name, needsOf(of)])).toEqual([
    ['test', []],
    ['deploy-staging-api', ['test']],
    ['deploy-staging-dashboard', ['test', 'deploy-staging-api']],
    ['smoke-test', ['deploy-staging-api', 'deploy-staging-dashboard']],
  ]);
  for (const of of Object.values(staging.jobs)) expect(of.if).toBeUndefined();
});

test('it deploys to the Spaces whose names end in -staging', () => {
  expect(deployments(staging).map((name) => spaceOf(staging, name))).toEqual([
    'ghislaindelabie/oc6-bizdev-ml-api-staging',
    'ghislaindelabie/oc6-bizdev-monitoring-staging',
  ]);
});

test('the API gets the staging database, and the origin of the staging dashboard', () => {
  expect(deployment(staging, 'deploy-staging-api')).toEqual({
    config: 'examples/lead-scoring/spaceport-api.yml',
    environment: 'staging',
    token: '${{ secrets.HF_TOKEN }}',
    'database-url': '${{ secrets.STAGING_DATABASE_URL }}',
  });
  expect(fromFile(staging, 'deploy-staging-api')).toEqual({
    space: 'ghislaindelabie/oc6-bizdev-ml-api-staging',
    path: 'examples/lead-scoring/api',
    exclude: '__tests__/**',
    'isolated-from': 'ghislaindelabie/oc6-bizdev-ml-api',
    variables: { CORS_ORIGINS: 'https://ghislaindelabie-oc6-bizdev-monitoring-staging.hf.space' },
    'health-expect': 'status=healthy\nenvironment=staging',
    checks: expect.stringMatching(/^- path: \/predict\n/),
  });
});

test('the dashboard gets the address of the API, and no database', () => {
  expect(deployment(staging, 'deploy-staging-dashboard')).toEqual({
    config: 'examples/lead-scoring/spaceport-dashboard.yml',
    environment: 'staging',
    token: '${{ secrets.HF_TOKEN }}',
    variables: 'API_ENDPOINT=${{ needs.deploy-staging-api.outputs.app-url }}',
  });
  expect(fromFile(staging, 'deploy-staging-dashboard')).toMatchObject({
    sdk: 'streamlit',
    path: 'examples/lead-scoring/dashboard',
    rename: 'requirements-streamlit.txt -> requirements.txt',
    exclude: 'tests/**',
    card: { title: 'Lead scoring monitor (staging)', emoji: '📊', colorFrom: 'yellow', colorTo: 'gray' },
  });
  expect(job(staging, 'deploy-staging-api').outputs).toEqual({ 'app-url': '${{ steps.deploy.outputs.app-url }}' });
});

test('it names no secret of production, and no Space of it', () => {
  const text = JSON.stringify(staging);
  expect([...text.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual([
    'HF_TOKEN',
    'STAGING_DATABASE_URL',
    'HF_TOKEN',
  ]);
  expect(text).not.toMatch(/production|oc6-bizdev-(ml-api|monitoring)(?!-staging)/);
});

test('with the APP_ENV that it deploys, the API answers as staging, and passes the checks of the deployment', async () => {
  const { environment = '' } = deployment(staging, 'deploy-staging-api');
  const place = mkdtempSync(join(tmpdir(), 'spaceport-api-'));
  const api: ApiProcess = await startApi({ APP_ENV: environment, SQLITE_PATH: join(place, 'api.db') });
  try {
    const health = await (await fetch(`${api.url}/health`)).json();
    expect(health).toMatchObject({
      status: 'healthy',
      environment: 'staging',
      banner: expect.stringMatching(/staging/i),
    });
    expect(await answersTo(String(fromFile(staging, 'deploy-staging-api')['checks']), api.url)).toEqual([
      'POST /predict: as expected',
      'POST /predict: as expected',
    ]);
  } finally {
    api.signal('SIGTERM');
    await api.exited;
    rmSync(place, { recursive: true });
  }
});

/** What an app answers to the checks of a workflow, in a line each. */
async function answersTo(text = '', url: string): Promise<readonly string[]> {
  const parsed = parseChecks(text, { text: () => '', env: {}, event: {} });
  if (!parsed.ok) return parsed.problems.map(({ what }) => what);
  const app = appAt(url);
  return Promise.all(
    (parsed.value ?? []).map(async (check) => {
      const { message } = await askCheck(app, check, 10_000);
      return `${check.method} ${check.path}: ${message}`;
    }),
  );
}
