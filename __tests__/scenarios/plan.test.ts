import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';
import { callHub, commitByHand } from './support/other-client.ts';

const PLAN = { mode: 'plan' };
const DRIFT = { mode: 'plan', expect: 'unchanged' };
const sizeOf = (text: string) => Buffer.byteLength(text);

test.concurrent('a plan is a diff: files with sizes, the card key by key, variables by value, secrets by name', async () => {
  const files: Record<string, string> = { ...dockerApp('1'), 'old.txt': 'old' };
  await using lab = await openLab(files);
  await lab.deploy({ variables: 'LOG=info\nTHEME=dark', secrets: 'KEPT=1234\nCHANGED=before' });
  const parent = await lab.space().head();
  lab.workspace.commit({ 'server.js': `${healthyServer('2')}//`, 'new.txt': 'new', 'old.txt': null });

  const run = await lab.deploy({
    ...PLAN,
    variables: 'LOG=debug',
    secrets: 'KEPT=1234\nCHANGED=after\nNEW=secret-value',
    card: 'title: Better\nshort_description: A probe',
  });

  expect([run.exitCode, run.errors, run.warnings, writes(run.requests)]).toEqual([0, [], [], []]);
  const readme = run.outputs['plan'] === undefined ? [] : JSON.parse(run.outputs['plan']).steps[3].changed[0];
  expect(JSON.parse(run.outputs['plan'] ?? '')).toEqual({
    steps: [
      { kind: 'set-variable', name: 'LOG', from: 'info', to: 'debug', reason: 'its value differs' },
      { kind: 'set-secret', name: 'CHANGED', standing: 'changed', reason: 'its value differs' },
      { kind: 'set-secret', name: 'NEW', standing: 'new', reason: 'the Space has none' },
      {
        kind: 'commit',
        reason: '1 to add, 2 to change, 1 to delete',
        parent,
        added: [{ path: 'new.txt', size: 3 }],
        changed: [
          { path: 'README.md', size: expect.any(Number), was: sizeOf(files['README.md'] ?? '') },
          { path: 'server.js', size: sizeOf(healthyServer('2')) + 2, was: sizeOf(healthyServer('1')) },
        ],
        deleted: [{ path: 'old.txt', size: 3 }],
        counts: { added: 1, changed: 2, deleted: 1 },
      },
    ],
    unchangedFiles: 1,
    unmanaged: { variables: ['THEME'], secrets: [] },
    card: [
      { key: 'title', from: 'Probe', to: 'Better' },
      { key: 'short_description', to: 'A probe' },
    ],
    restarts: [
      { kind: 'start', because: 'the variable LOG' },
      { kind: 'start', because: 'the secret CHANGED' },
      { kind: 'start', because: 'the secret NEW' },
      { kind: 'build', because: 'the commit' },
    ],
    warnings: [],
  });
  expect(readme.size).toBeGreaterThan(readme.was);
  expect(run.summary).toContain(`### What would change

- variable <code>LOG</code>: <code>info</code> → <code>debug</code>
- secret <code>CHANGED</code>: its value differs
- secret <code>NEW</code>: the Space has none
- new file <code>new.txt</code> 3 B
- changed file <code>README.md</code> ${readme.was} B → ${readme.size} B
`);
  expect(run.summary).toContain(`
- card <code>title</code>: <code>"Probe"</code> → <code>"Better"</code>
- card <code>short_description</code>: nothing → <code>"A probe"</code>
- 1 file unchanged
- left alone: <code>THEME</code>

### What the app would go through

- restarted: the variable LOG
- restarted: the secret CHANGED
- restarted: the secret NEW
- rebuilt and restarted: the commit
`);
  expect(run.log + run.summary + JSON.stringify(run.outputs)).not.toMatch(/secret-value|\bafter\b.*CHANGED/);
});

test.concurrent('keys of the card by names that every object has are shown like others', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();

  const run = await lab.deploy({ ...PLAN, card: 'constructor: mine\ntoString: yours' });

  expect([run.exitCode, run.errors, JSON.parse(run.outputs['plan'] ?? '{}').card]).toEqual([
    0,
    [],
    [
      { key: 'constructor', to: 'mine' },
      { key: 'toString', to: 'yours' },
    ],
  ]);
  expect(run.summary).toContain('- card <code>constructor</code>: nothing → <code>"mine"</code>\n');
});

test.concurrent('edits by hand since the last deployment are shown, and a deployment says that it overwrites them', async () => {
  await using lab = await openLab({ ...dockerApp('1'), 'a.txt': 'a' });
  await lab.deploy();
  const since = await lab.space().head();
  await commitByHand(lab.hub, 'a.txt', 'edited');
  await commitByHand(lab.hub, 'b.txt', 'added');
  const [second, first] = await lab.space().commits();

  const plan = await lab.deploy(PLAN);
  const deployed = await lab.deploy();
  const after = await lab.deploy(PLAN);

  const commit = (id?: string) => ({ id, title: 'By hand', author: 'me' });
  expect(JSON.parse(plan.outputs['plan'] ?? '').edits).toEqual({
    since,
    commits: [commit(second?.id), commit(first?.id)],
    files: [
      { path: 'a.txt', edit: 'changed' },
      { path: 'b.txt', edit: 'added' },
    ],
  });
  const said = `Edited on the Space by hand since its last deployment by me: "a.txt", "b.txt". This deployment overwrites what differs from the source; commit ${second?.id.slice(0, 7)} keeps the edits.`;
  expect([plan.warnings, deployed.warnings, after.warnings]).toEqual([[said], [said], []]);
  expect(plan.summary).toMatch(
    /### By hand since the last deployment\n\n- commit <code>[0-9a-f]{7}<\/code> of <code>me<\/code>: By hand\n/,
  );
  expect([deployed.errors, Object.keys(await lab.space().files())]).toEqual([
    [],
    expect.not.arrayContaining(['b.txt']),
  ]);
});

test.concurrent('`expect: unchanged` is green as long as nothing has drifted, also asleep, and red when something has', async () => {
  await using lab = await openLab(dockerApp('1'));
  const inputs = { variables: 'LOG=info', secrets: 'KEY=1234' };
  await lab.deploy(inputs);

  const same = await lab.deploy({ ...DRIFT, ...inputs });
  lab.space().runtime.sleep();
  const asleep = await lab.deploy({ ...DRIFT, ...inputs });
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'LOG', value: 'debug' });
  const setting = await lab.deploy({ ...DRIFT, ...inputs });
  await callHub(lab.hub, '/api/spaces/me/app/variables', { key: 'LOG', value: 'info' });
  await commitByHand(lab.hub, 'note.txt', 'mine');
  const file = await lab.deploy({ ...DRIFT, ...inputs });

  expect([same, asleep].map(({ exitCode, errors, outputs }) => [exitCode, errors, outputs['result']])).toEqual([
    [0, [], 'planned'],
    [0, [], 'planned'],
  ]);
  expect(
    [setting, file].map(({ exitCode, outputs, requests }) => [exitCode, outputs['result'], writes(requests)]),
  ).toEqual([
    [1, 'failed', []],
    [1, 'failed', []],
  ]);
  expect(setting.errors).toEqual([
    [
      'The Space differs from the source or the inputs, and `expect` is unchanged.',
      'Where: Space me/app',
      'Cause: Its settings were changed, something was never deployed, or the deployment had other inputs.',
      'Fix: The plan says what differs. Deploy again to overwrite it, or take the change into the source.',
    ].join('\n'),
  ]);
  expect(setting.summary).toMatch(/^## ❌ The Space has drifted: <code>me\/app<\/code>/);
  expect(setting.summary).toContain('- variable <code>LOG</code>: <code>debug</code> → <code>info</code>');
  expect(file.errors.join()).toMatch(/Cause: It was changed by hand: 1 commit came on top of our [0-9a-f]{7}\./);
  expect(file.summary).toContain('- deleted file <code>note.txt</code> 4 B');
});

test.concurrent('`expect` belongs to a plan', async () => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy({ expect: 'unchanged' });

  expect([run.exitCode, run.requests]).toEqual([1, []]);
  expect(run.errors).toEqual([
    expect.stringMatching(/^Only a plan can be expected to change nothing[\s\S]*input `expect`/),
  ]);
});
