import { expect, test } from '@jest/globals';
import { matchesAny } from './support/branch-filter.ts';
import { deployment, deployments, fromFile, job, needsOf, readWorkflow, spaceOf } from './support/workflow.ts';

const ci = readWorkflow('.github/workflows/ci.yml');
const staging = readWorkflow('.github/workflows/staging.yml');

test('every push and every pull request is linted and tested', () => {
  expect(ci.on).toEqual({ push: { branches: ['**'] }, pull_request: null, workflow_dispatch: null });
  expect(matchesAny(ci.on['push']?.['branches'] ?? [], 'feature/any/branch')).toBe(true);
  for (const name of ['lint', 'test', 'test-all']) {
    expect(job(ci, name).if).toBeUndefined();
    expect(needsOf(job(ci, name))).toEqual([]);
  }
  expect(commands('lint')).toEqual(expect.arrayContaining(['npm run lint', 'npm run typecheck']));
  expect(commands('test')).toEqual(['npm ci && npm test']);
  expect(commands('test-all')).toEqual(['npm ci && npm run test:all -- __tests__/readings __tests__/faults']);
});

test('the jobs come in order', () => {
  expect(Object.entries(ci.jobs).map(([name, of]) => [name, needsOf(of)])).toEqual([
    ['lint', []],
    ['test', []],
    ['test-all', []],
    ['deploy-production-api', ['lint', 'test']],
    ['deploy-production-dashboard', ['lint', 'test', 'deploy-production-api']],
    ['smoke-test', ['deploy-production-api', 'deploy-production-dashboard']],
  ]);
});

test('only main is deployed, and never for a pull request', () => {
  expect(deployments(ci)).toEqual(['deploy-production-api', 'deploy-production-dashboard']);
  for (const name of deployments(ci)) {
    expect(job(ci, name).if).toBe("github.ref == 'refs/heads/main' && github.event_name != 'pull_request'");
  }
});

test('a job without an environment sees no secret', () => {
  const others = Object.keys(ci.jobs).filter((name) => !deployments(ci).includes(name));
  expect(others).toEqual(['lint', 'test', 'test-all', 'smoke-test']);
  for (const name of others) {
    expect(job(ci, name).environment).toBeUndefined();
    expect(JSON.stringify(job(ci, name))).not.toMatch(/secrets|github\.token/);
  }
});

test('it deploys to the Spaces of production, with the database of production', () => {
  expect(deployments(ci).map((name) => spaceOf(ci, name))).toEqual([
    'ghislaindelabie/oc6-bizdev-ml-api',
    'ghislaindelabie/oc6-bizdev-monitoring',
  ]);
  expect(deployment(ci, 'deploy-production-api')).toEqual({
    config: 'examples/lead-scoring/spaceport-api.yml',
    environment: 'production',
    token: '${{ secrets.HF_TOKEN }}',
    'database-url': '${{ secrets.DATABASE_URL }}',
  });
  expect(fromFile(ci, 'deploy-production-api')).toMatchObject({
    'promoted-from': 'ghislaindelabie/oc6-bizdev-ml-api-staging',
    'isolated-from': 'ghislaindelabie/oc6-bizdev-ml-api-staging',
    'health-expect': 'status=healthy\nenvironment=production',
    variables: { CORS_ORIGINS: 'https://ghislaindelabie-oc6-bizdev-monitoring.hf.space' },
  });
  expect(deployment(ci, 'deploy-production-dashboard')).toMatchObject({ environment: 'production' });
  const dashboard = fromFile(ci, 'deploy-production-dashboard');
  expect(dashboard).toMatchObject({ 'promoted-from': 'ghislaindelabie/oc6-bizdev-monitoring-staging' });
  expect(dashboard).not.toHaveProperty('isolated-from');
  expect(JSON.stringify(ci)).not.toMatch(/staging/i);
});

test('what is deployed to production is what was deployed to staging, but for names', () => {
  const alike = (value: unknown) =>
    JSON.stringify(value)
      .replaceAll(/,"(promoted|isolated)-from":"[^"]*"/g, '')
      .replaceAll(/needs\.deploy-(staging|production)-/g, 'needs.deploy-')
      .replaceAll(/STAGING_|-staging| \(staging\)| staging(?= lead)/g, '')
      .replaceAll('staging', 'production')
      .replaceAll(/"color(From|To)":"\w+"/g, '"color$1":"any"');
  for (const app of ['api', 'dashboard']) {
    const jobs = [
      [staging, `deploy-staging-${app}`],
      [ci, `deploy-production-${app}`],
    ] as const;
    const [before, after] = jobs.map(([workflow, name]) =>
      alike([job(workflow, name).steps, fromFile(workflow, name)]),
    );
    expect(after).toEqual(before);
  }
});

function commands(name: string): readonly string[] {
  return job(ci, name).steps.flatMap(({ run }) => run ?? []);
}
