import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { chooseEnvironment } from '../../src/inputs/config/environment-name.ts';
import { parseConfig } from '../../src/inputs/config/parse-config.ts';
import { deployments, type Job, job, OWN, readWorkflow, type Step, TO_COPY, workflowsIn } from './support/workflow.ts';

const action = parse(readFileSync('action.yml', 'utf8')) as { inputs: Record<string, { required?: boolean }> };
const ACTION = /^(\.\/|OWNER\/spaceport@v1)$/;

/** What jobs may besides, or instead of, reading the repository. */
const MORE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'release publish': { contents: 'write', 'id-token': 'write', attestations: 'write' },
  'pull-request-check plan': { contents: 'read', 'pull-requests': 'write' },
  'preview deploy': { contents: 'read', 'pull-requests': 'write', deployments: 'write' },
  'preview remove': { 'pull-requests': 'write', deployments: 'write' },
  'preview-sweep find': { 'pull-requests': 'read' },
  'preview-sweep remove': { contents: 'read', deployments: 'write' },
  'attest deploy': { contents: 'read', 'id-token': 'write', attestations: 'write' },
};

test('these are the workflows', () => {
  expect(workflowsIn(OWN)).toEqual(['ci', 'dist', 'release', 'staging'].map((name) => `${OWN}/${name}.yml`));
  expect(workflowsIn(TO_COPY)).toEqual(
    [
      'attest',
      'deploy',
      'drift',
      'preview-sweep',
      'preview',
      'pull-request-check',
      'rehearse',
      'rollback',
      'staging-and-production',
    ].map((name) => `${TO_COPY}/${name}.yml`),
  );
});

describe.each([...workflowsIn(OWN), ...workflowsIn(TO_COPY)])('%s', (path) => {
  const workflow = readWorkflow(path);
  const steps = Object.values(workflow.jobs).flatMap((of) => of.steps);

  test('grants nothing to all jobs, and to each no more than it uses', () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, { permissions }] of Object.entries(workflow.jobs)) {
      expect([name, permissions]).toEqual([name, MORE[`${basename(path, '.yml')} ${name}`] ?? { contents: 'read' }]);
    }
  });

  test('pins every action to a commit, and says which version that is', () => {
    const used = [...readFileSync(path, 'utf8').matchAll(/^ *(?:- )?uses: (\S+)(.*)$/gm)];
    expect(used).toHaveLength(steps.filter(({ uses }) => uses).length);
    for (const [, uses = '', comment] of used.filter(([, name = '']) => !ACTION.test(name))) {
      expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  test('leaves no credentials in the checkout', () => {
    for (const step of steps.filter(usesCheckout)) expect(step.with).toMatchObject({ 'persist-credentials': false });
  });

  test('checks out before it calls an action of this repository, or a script of it', () => {
    for (const of of Object.values(workflow.jobs).filter(needsFiles))
      expect(usesCheckout(of.steps[0] ?? {})).toBe(true);
  });

  test('calls the action with inputs that it has', () => {
    for (const { uses, with: given = {} } of steps.filter((step) => ACTION.test(step.uses ?? ''))) {
      expect([uses, Object.keys(given).filter((name) => !(name in action.inputs))]).toEqual([uses, []]);
      // What deletes a Space may name it, so that no file of a branch does.
      if (given['mode'] === 'remove' && 'space' in given) continue;
      // All else is the same for each of them, and stands in spaceport.yml.
      const more = ['config', 'environment', 'token', 'database-url', 'mode', 'expect', 'to', 'factory', 'variables'];
      expect(Object.keys(given).filter((name) => !more.includes(name))).toEqual([]);
      expect(environmentIn(String(given['config'] ?? 'examples/spaceport.yml'), String(given['environment']))).toBe(
        'found',
      );
    }
  });

  test('puts no expression into a script', () => {
    for (const { run = '' } of steps) expect(run).not.toContain('${{');
  });

  test('never cancels a run under way', () => {
    if (deployments(workflow).length > 0) expect(workflow.concurrency).toBeDefined();
    if (workflow.concurrency !== undefined) expect(workflow.concurrency['cancel-in-progress']).toBe(false);
    for (const of of Object.values(workflow.jobs)) expect(of.concurrency).toBeUndefined();
  });

  test('names the environment of each deployment, with the app as its URL', () => {
    for (const of of Object.values(workflow.jobs)) {
      const call = of.steps.find(({ uses = '', with: given }) => ACTION.test(uses) && given?.['mode'] === undefined);
      if (call === undefined) expect(of.environment?.url).toBeUndefined();
      else {
        expect(call.id).toBe('deploy');
        expect(of.environment).toEqual({
          // GitHub's environment of all previews is one: it holds their token.
          name: String(call.with?.['environment'] ?? 'production').replace(/^preview-.*/, 'preview'),
          url: '${{ steps.deploy.outputs.app-url }}',
        });
      }
    }
  });

  test('does not hand secrets to strangers', () => {
    expect(workflow.on).not.toHaveProperty('pull_request_target');
    expect(workflow.on).not.toHaveProperty('workflow_run');
    expect(JSON.stringify(workflow)).not.toMatch(/secrets: ?"?inherit|toJSON\(secrets/i);
  });

  test('runs only scripts that are there', () => {
    for (const step of steps) {
      for (const [script] of (step.run ?? '').matchAll(/\bscripts\/[\w.-]+/g)) expect(existsSync(script)).toBe(true);
    }
  });
});

test('one group for each environment: a deployment by hand waits for one by a push', () => {
  expect(readWorkflow(`${OWN}/staging.yml`).concurrency?.group).toBe('staging');
  expect(readWorkflow(`${OWN}/ci.yml`).concurrency?.group).toBe(
    "${{ github.ref == 'refs/heads/main' && 'production' || github.run_id }}",
  );
});

test('each deploying job is a checkout and the call of the action, and nothing else', () => {
  for (const name of ['staging', 'ci']) {
    const workflow = readWorkflow(`${OWN}/${name}.yml`);
    for (const deploying of deployments(workflow)) {
      const { steps } = job(workflow, deploying);
      expect(steps.map(({ uses }) => uses?.split('@')[0])).toEqual(['actions/checkout', './']);
    }
  }
});

test('jobs of pull requests skip forks and Dependabot, which get no secrets', () => {
  const guarded = workflowsIn(TO_COPY).flatMap((path) => {
    const { on, jobs } = readWorkflow(path);
    const needsSecrets = JSON.stringify(jobs).includes('secrets.');
    return JSON.stringify(on).includes('pull_request') && needsSecrets ? Object.values(jobs).map((job) => job.if) : [];
  });
  expect(guarded).toEqual(
    guarded.map(() =>
      expect.stringMatching(
        /github\.event\.pull_request\.head\.repo\.full_name == github\.repository && github\.actor != 'dependabot\[bot\]'$/,
      ),
    ),
  );
  expect(guarded).toHaveLength(3);
});

test('the Node that the workflows set up is the one that action.yml declares', () => {
  const versions = workflowsIn(OWN)
    .flatMap((path) => Object.values(readWorkflow(path).jobs))
    .flatMap(({ steps }) => steps)
    .filter(({ uses }) => uses?.startsWith('actions/setup-node@'))
    .map((step) => step.with?.['node-version']);
  expect(new Set(versions)).toEqual(new Set([24]));
});

test('dependencies are updated wherever there is a manifest', () => {
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
    updates: readonly { 'package-ecosystem': string; directories: readonly string[] }[];
  };
  const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');
  const directories = (pattern: RegExp) =>
    tracked.filter((path) => pattern.test(path)).map((path) => `/${path.slice(0, Math.max(0, path.lastIndexOf('/')))}`);
  const watched = (ecosystem: string) =>
    updates.filter((update) => update['package-ecosystem'] === ecosystem).flatMap((update) => update.directories);
  expect(new Set(watched('npm'))).toEqual(new Set(directories(/(^|\/)package-lock\.json$/)));
  expect(new Set(watched('docker'))).toEqual(new Set(directories(/(^|\/)Dockerfile$/)));
  expect(new Set(watched('pip'))).toEqual(new Set(directories(/(^|\/)requirements[\w-]*\.txt$/)));
});

function usesCheckout({ uses }: Step): boolean {
  return uses?.startsWith('actions/checkout@') ?? false;
}

/** Whether a job works on files of the repository; what the action does stands in one. */
function needsFiles({ steps }: Job): boolean {
  return steps.some(
    ({ uses = '', run = '', with: given }) =>
      (ACTION.test(uses) && given?.['space'] === undefined) || /\bscripts\/|\bnpm\b|\bmake\b/.test(run),
  );
}

/** Whether a file has the environment that a workflow names, with whatever number GitHub fills in. */
function environmentIn(file: string, name: string): string {
  const { config, problems } = parseConfig(file, readFileSync(file, 'utf8'), {});
  expect(problems).toEqual([]);
  const keys = [...(config.environments?.keys() ?? [])];
  return chooseEnvironment(name.replace(/\$\{\{[^}]*\}\}/, '7'), keys).kind;
}

test('every spaceport.yml names its schema in the first line, and keeps to it', () => {
  const files = [
    'examples/spaceport.yml',
    'examples/lead-scoring/spaceport-api.yml',
    'examples/lead-scoring/spaceport-dashboard.yml',
  ];
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync('spaceport.schema.json', 'utf8')),
  );
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(schema.startsWith('https://') || existsSync(join(dirname(file), schema))).toBe(true);
    expect([file, validate(parse(text)), validate.errors]).toEqual([file, true, null]);
  }
  expect(validate({ defaults: { timout: '3m' } })).toBe(false);
  expect(validate({ environments: { Staging: {} } })).toBe(false);
  expect(validate({ defaults: { token: 'hf_x' } })).toBe(false);
});
