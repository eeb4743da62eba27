import { afterEach, expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const steps = (plan: string | undefined) => JSON.parse(plan ?? '').steps;

test('a change of settings alone is written, restarts the app, and is proven like a commit', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: 'GREETING=hello\nSAME=1', secrets: 'A=first\nB=second' });
  const head = await lab.space().head();

  const run = await lab.deploy({
    variables: 'GREETING=goodbye\nSAME=1',
    secrets: 'A=first\nB=third',
    'health-expect': 'greeting=goodbye',
  });

  expect(run.errors).toEqual([]);
  expect(steps(run.outputs['plan'])).toEqual([
    { kind: 'set-variable', name: 'GREETING', from: 'hello', to: 'goodbye', reason: 'its value differs' },
    { kind: 'set-secret', name: 'B', standing: 'changed', reason: 'its value differs' },
  ]);
  expect(writes(run.requests)).toEqual(['POST /api/spaces/me/app/variables', 'POST /api/spaces/me/app/secrets']);
  expect(run.outputs).toMatchObject({ result: 'deployed', changed: 'true', commit: head, 'previous-commit': head });
  expect(lab.space().secrets['B']?.value).toBe('third');
  expect(run.log).toMatch(/health: 200, healthy \(3 of 3 in a row\)/);
});

test('merge leaves alone what it does not name, and mirror deletes it', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: 'ONE=1\nTWO=2', secrets: 'A=first\nB=second' });

  const merged = await lab.deploy({ variables: 'ONE=1', secrets: 'A=first' });
  expect(merged.outputs['result']).toBe('unchanged');
  expect(JSON.parse(merged.outputs['plan'] ?? '').unmanaged).toEqual({ variables: ['TWO'], secrets: ['B'] });
  expect(merged.summary).toMatch(/left alone: <code>TWO<\/code>, <code>B<\/code>/);

  const mirrored = await lab.deploy({ variables: 'ONE=1', secrets: 'A=first', 'settings-strategy': 'mirror' });
  expect(mirrored.errors).toEqual([]);
  expect(steps(mirrored.outputs['plan'])).toEqual([
    { kind: 'delete-variable', name: 'TWO', from: '2', reason: 'no input names it, and `settings-strategy` is mirror' },
    { kind: 'delete-secret', name: 'B', reason: 'no input names it, and `settings-strategy` is mirror' },
  ]);
  expect(Object.keys(lab.space().variables).sort()).toEqual(['APP_ENV', 'ONE']);
  expect(Object.keys(lab.space().secrets)).toEqual(['A']);
});

test('a variable that becomes a secret is never both', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: 'KEY=open' });

  const run = await lab.deploy({ secrets: 'KEY=closed' });

  expect(run.errors).toEqual([]);
  expect(writes(run.requests)).toEqual(['DELETE /api/spaces/me/app/variables', 'POST /api/spaces/me/app/secrets']);
  expect(run.log).not.toMatch(/CONFIG_ERROR/);
});

test('an empty database-url is not supplied: nothing is blanked', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy({ 'database-url': 'postgresql://me:p4ssw0rd@db.example.org/app' });

  const run = await lab.deploy({ 'database-url': '' });

  expect(run.outputs['result']).toBe('unchanged');
  expect(lab.space().secrets['DATABASE_URL']?.value).toBe('postgresql://me:p4ssw0rd@db.example.org/app');
  expect(run.log).toMatch(/No `database-url` was given/);
});

test('a secret set by hand has no fingerprint, so it is written once and then recognised', async () => {
  lab = await openLab(dockerApp('1'));
  await lab.deploy();
  await fetch(`${lab.hub.url}/api/spaces/me/app/secrets`, {
    method: 'POST',
    headers: { authorization: 'Bearer hf_me_write', 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'A', value: 'first' }),
  });

  const once = await lab.deploy({ secrets: 'A=first' });
  const twice = await lab.deploy({ secrets: 'A=first' });

  expect(steps(once.outputs['plan'])).toEqual([
    {
      kind: 'set-secret',
      name: 'A',
      standing: 'unrecognised',
      reason: 'the one there has no fingerprint, so its value is not known',
    },
  ]);
  expect(twice.outputs['result']).toBe('unchanged');
});

test('settings are taken by bare name from the environment, with line breaks and quotes as they are', async () => {
  lab = await openLab(dockerApp('1'));
  const key = '-----BEGIN KEY-----\n"quoted" #not a comment\n-----END KEY-----';

  const run = await lab.deploy(
    { secrets: 'PRIVATE\nQUOTED="two\nlines"', variables: 'PUBLIC' },
    { env: { PRIVATE: key, PUBLIC: 'shown' } },
  );

  expect(run.errors).toEqual([]);
  const { secrets, variables } = lab.space();
  expect({
    PRIVATE: secrets['PRIVATE']?.value,
    QUOTED: secrets['QUOTED']?.value,
    PUBLIC: variables['PUBLIC']?.value,
  }).toEqual({ PRIVATE: key, QUOTED: 'two\nlines', PUBLIC: 'shown' });
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toMatch(/not a comment/);
});
