import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Hub } from '../../emulator/api.ts';
import { createHub } from '../../emulator/create-hub.ts';
import {
  type PostgresServer,
  startPostgres,
} from '../../examples/lead-scoring/api/__tests__/harness/postgres-server.ts';
import { seedFor, TOKEN } from '../../scripts/rehearse/seed-for.ts';
import { TO_COPY, workflowsIn } from '../workflows/support/workflow.ts';
import { type Order, runWorkflow, type WorkflowRun } from './workflows/act.ts';
import { type Checkout, createCheckout, manifestWith } from './workflows/checkout.ts';
import { stateOf } from './workflows/space-state.ts';

const STAGING = {
  api: 'ghislaindelabie/oc6-bizdev-ml-api-staging',
  dashboard: 'ghislaindelabie/oc6-bizdev-monitoring-staging',
};
const PRODUCTION = {
  api: 'ghislaindelabie/oc6-bizdev-ml-api',
  dashboard: 'ghislaindelabie/oc6-bizdev-monitoring',
};
const VERSION_BRANCH = { workflow: 'staging', event: 'push', payload: { ref: 'refs/heads/v1.2.0' } } as const;
const MAIN = { workflow: 'ci', event: 'push', payload: { ref: 'refs/heads/main' } } as const;

let hub: Hub;
let postgres: PostgresServer;
let checkout: Checkout;
let databases: { readonly staging: string; readonly production: string };
let runs = 0;

beforeAll(async () => {
  postgres = await startPostgres();
  databases = { staging: await postgres.createDatabase(), production: await postgres.createDatabase() };
  hub = await createHub({ seed: seedFor([STAGING.api, 'acme-analytics/any']), pace: { startTimeoutMs: 300_000 } });
  checkout = createCheckout();
});

afterAll(async () => {
  await hub?.close();
  await postgres?.close();
  checkout?.remove();
});

/** A run in a repository that has the secrets of docs/secrets.md, unless others are given. */
async function run(order: Pick<Order, 'workflow' | 'event' | 'payload'> & Partial<Order>): Promise<WorkflowRun> {
  const secrets = {
    HF_TOKEN: TOKEN,
    DATABASE_URL: databases.production,
    STAGING_DATABASE_URL: databases.staging,
  };
  return runWorkflow(checkout, { secrets, hubUrl: hub.url, runId: ++runs, ...order });
}

const statesOf = async ({ api, dashboard }: typeof STAGING) => ({
  api: await stateOf(hub, api),
  dashboard: await stateOf(hub, dashboard),
});

async function answer(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(20_000) });
  const text = await response.text();
  return response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text;
}

/** A lead is scored by the checks of a deployment, and one by the smoke test after it. */
const EACH = 2;

/** How many leads the API has scored in its database. */
async function scored(apiUrl: string): Promise<unknown> {
  return ((await answer(`${apiUrl}/metrics/summary`)) as { total?: unknown }).total;
}

/** The run, or all of its log when it did not end like that. */
function expectJobs(actual: WorkflowRun, jobs: WorkflowRun['jobs']): void {
  try {
    expect(actual.jobs).toEqual(jobs);
    expect(actual.exitCode).toBe(Object.values(jobs).includes('failure') ? 1 : 0);
  } catch (error) {
    console.error(actual.log);
    throw error;
  }
}

const ALL_OF_STAGING = {
  test: 'success',
  'deploy-staging-api': 'success',
  'deploy-staging-dashboard': 'success',
  'smoke-test': 'success',
};
const ALL_OF_PRODUCTION = {
  lint: 'success',
  'test-all': 'success',
  test: 'success',
  'deploy-production-api': 'success',
  'deploy-production-dashboard': 'success',
  'smoke-test': 'success',
};

// Told in order, on one Hub: each goes on where the one before ended.
describe('the workflows, run with act', () => {
  test('a workflow whose test job fails deploys nothing, and does not ask the Hub for anything', async () => {
    checkout.change('package.json', () => manifestWith('node -e "process.exit(1)"'));
    expectJobs(await run(VERSION_BRANCH), { test: 'failure' });
    expectJobs(await run(MAIN), { lint: 'success', test: 'failure', 'test-all': 'success' });
    expect(hub.requests).toEqual([]);
    checkout.change('package.json', () => manifestWith('node --version'));
  });

  test.each([
    ['a pull request from a fork', fromFork('opened')],
    ['a push to another branch', { event: 'push', payload: { ref: 'refs/heads/feature/blue' } }],
  ] as const)('%s is linted and tested, and deploys nothing', async (_, order) => {
    expectJobs(await run({ workflow: 'ci', ...order }), { lint: 'success', test: 'success', 'test-all': 'success' });
    expect(hub.requests).toEqual([]);
  });

  test('a push to a version branch deploys staging, and only that', async () => {
    expectJobs(await run(VERSION_BRANCH), ALL_OF_STAGING);
    const { api, dashboard } = await statesOf(STAGING);
    expect(api).toEqual({
      ...deployedOnce(api),
      sdk: 'docker',
      variables: {
        APP_ENV: 'staging',
        CORS_ORIGINS: 'https://ghislaindelabie-oc6-bizdev-monitoring-staging.hf.space',
      },
      secrets: { DATABASE_URL: databases.staging },
    });
    expect(dashboard).toEqual({
      ...deployedOnce(dashboard),
      sdk: 'docker',
      variables: { APP_ENV: 'staging', API_ENDPOINT: api.appUrl },
      secrets: {},
    });
    for (const id of Object.values(PRODUCTION)) expect(hub.space(id)).toBeUndefined();
    expect(await answer(`${api.appUrl}/health`)).toMatchObject({
      status: 'healthy',
      environment: 'staging',
      database: { dialect: 'postgres', ok: true },
    });
    expect(await answer(`${dashboard.appUrl}/_stcore/health`)).toBe('ok');
    expect(await scored(api.appUrl)).toBe(EACH);
  });

  test('the deployed files are without the tests, and have their new names', async () => {
    const api = Object.keys((await hub.space(STAGING.api)?.files()) ?? {});
    const dashboard = Object.keys((await hub.space(STAGING.dashboard)?.files()) ?? {});
    expect([...api, ...dashboard].filter((path) => /(^|\/)(__tests__|tests)\//.test(path))).toEqual([]);
    expect(api).toEqual(expect.arrayContaining(['Dockerfile', 'model.json', 'src/server.ts']));
    expect(dashboard).toEqual(expect.arrayContaining(['Dockerfile', 'requirements.txt', 'streamlit_app.py']));
    expect(dashboard).not.toContain('requirements-streamlit.txt');
    expect(String(await hub.space(STAGING.dashboard)?.read('README.md'))).toMatch(
      /^title: Lead scoring monitor \(staging\)$/m,
    );
  });

  test('a push to main deploys production, and leaves staging as it was', async () => {
    const before = await statesOf(STAGING);
    expectJobs(await run(MAIN), ALL_OF_PRODUCTION);
    const { api, dashboard } = await statesOf(PRODUCTION);
    expect(api).toEqual({
      ...deployedOnce(api),
      sdk: 'docker',
      variables: { APP_ENV: 'production', CORS_ORIGINS: 'https://ghislaindelabie-oc6-bizdev-monitoring.hf.space' },
      secrets: { DATABASE_URL: databases.production },
    });
    expect(dashboard).toEqual({
      ...deployedOnce(dashboard),
      sdk: 'docker',
      variables: { APP_ENV: 'production', API_ENDPOINT: api.appUrl },
      secrets: {},
    });
    expect(await answer(`${api.appUrl}/health`)).toMatchObject({ environment: 'production', banner: null });
    expect(await scored(api.appUrl)).toBe(EACH);
    expect(await statesOf(STAGING)).toEqual(before);
    expect(await scored(before.api.appUrl)).toBe(EACH);
  });

  test('a change on the version branch goes to staging, and leaves production as it was', async () => {
    const before = await statesOf(PRODUCTION);
    const old = await statesOf(STAGING);
    checkout.change('examples/lead-scoring/api/README.md', (text) => `${text}\nA word more.\n`);
    expectJobs(await run(VERSION_BRANCH), ALL_OF_STAGING);
    const now = await statesOf(STAGING);
    expect(now.api).toMatchObject({ stage: 'RUNNING', current: true, commits: old.api.commits + 1 });
    expect(now.dashboard).toEqual(old.dashboard);
    expect(await scored(now.api.appUrl)).toBe(2 * EACH);
    expect(await statesOf(PRODUCTION)).toEqual(before);
    expect(await scored(before.api.appUrl)).toBe(EACH);
  });

  test('what staging does not run is not let into production', async () => {
    const before = { staging: await statesOf(STAGING), production: await statesOf(PRODUCTION) };
    checkout.change('examples/lead-scoring/api/README.md', (text) => `${text}\nStraight to main.\n`);
    const refused = await run(MAIN);
    expectJobs(refused, {
      lint: 'success',
      test: 'success',
      'test-all': 'success',
      'deploy-production-api': 'failure',
    });
    expect(refused.log).toMatch(/The source that runs in \S+oc6-bizdev-ml-api-staging differs from this one/);
    expect({ staging: await statesOf(STAGING), production: await statesOf(PRODUCTION) }).toEqual(before);
  });

  test('one database for both environments is refused by the one that comes second', async () => {
    const before = await statesOf(STAGING);
    const secrets = { HF_TOKEN: TOKEN, STAGING_DATABASE_URL: databases.production };
    const refused = await run({ ...VERSION_BRANCH, secrets });
    expectJobs(refused, { test: 'success', 'deploy-staging-api': 'failure' });
    expect(refused.log).toMatch(/This is the database of ghislaindelabie\/oc6-bizdev-ml-api, which/);
    expect(await statesOf(STAGING)).toEqual(before);
  });

  test('by hand, with another owner in the two files, and without a database', async () => {
    for (const app of ['api', 'dashboard']) {
      checkout.change(`examples/lead-scoring/spaceport-${app}.yml`, (text) =>
        text
          .replaceAll('ghislaindelabie/', 'acme-analytics/')
          .replace(/(CORS_ORIGINS:) \S+-staging\S+/, '$1 https://leads.example.org'),
      );
    }
    const before = { staging: await statesOf(STAGING), production: await statesOf(PRODUCTION) };
    const other = await run({
      workflow: 'staging',
      event: 'workflow_dispatch',
      payload: { ref: 'refs/heads/v1.2.0' },
      secrets: { HF_TOKEN: TOKEN },
    });
    expectJobs(other, ALL_OF_STAGING);
    const api = await stateOf(hub, 'acme-analytics/oc6-bizdev-ml-api-staging');
    expect(api.variables).toEqual({ APP_ENV: 'staging', CORS_ORIGINS: 'https://leads.example.org' });
    expect(api.secrets).toEqual({});
    expect(await answer(`${api.appUrl}/health`)).toMatchObject({ database: { dialect: 'sqlite', ok: true } });
    expect({ staging: await statesOf(STAGING), production: await statesOf(PRODUCTION) }).toEqual(before);
  });
});

test('zizmor finds nothing in the workflows that .github/zizmor.yml does not explain', () => {
  const audited = ['.github', 'action.yml', '__tests__/interop/workflows/stand-ins', ...workflowsIn(TO_COPY)];
  const zizmor = (...flags: readonly string[]) =>
    JSON.parse(
      execFileSync('.venv/bin/zizmor', ['--offline', '--no-exit-codes', '--format', 'json', ...flags, ...audited], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as readonly { readonly ident: string }[];
  expect(zizmor('--config', '.github/zizmor.yml')).toEqual([]);
  const idents = zizmor('--no-config').map(({ ident }) => ident);
  expect(new Set(idents)).toEqual(new Set(['self-repository', 'unpinned-uses']));
});

/** What is the same for every Space right after its first deployment. */
function deployedOnce({ head, appUrl, starts, commits }: Awaited<ReturnType<typeof stateOf>>) {
  return { head, appUrl, starts, commits, visibility: 'public', stage: 'RUNNING', current: true };
}

function fromFork(action: string): Pick<Order, 'event' | 'payload' | 'secrets'> {
  const repo = { full_name: 'stranger/lead-scoring', fork: true };
  const pull = { number: 7, head: { ref: 'main', sha: '0'.repeat(40), repo }, base: { ref: 'main' } };
  // GitHub hands no secrets to such a run.
  return { event: 'pull_request', payload: { action, number: 7, pull_request: pull }, secrets: {} };
}
