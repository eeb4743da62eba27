import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const says = (...lines: readonly string[]) => lines.join('\n');
const RANDOM = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7';
const refused = (name: string, kind: string) =>
  says(
    `${name} contains ${kind}, and everybody can read the variables of this Space.`,
    'Where: input `variables`',
    `Fix: Give ${name} in \`secrets\`: the app gets it in the same way. If it was public before, replace it with a new one.`,
  );
const SECRETS = [
  ['HF', `hf_${RANDOM}`, 'a token of Hugging Face'],
  ['OPENAI', `sk-proj-${RANDOM}`, 'a key of OpenAI'],
  ['GITHUB', `ghp_${RANDOM}`, 'a token of GitHub'],
  ['AWS', 'AKIAIOSFODNN7EXAMPLE', 'a key of AWS'],
  ['PEM', `-----BEGIN PRIVATE KEY-----\\n${RANDOM}\\n-----END PRIVATE KEY-----`, 'a private key'],
  ['DB', `postgres://me:${RANDOM}@db.example/app`, 'a URL with a password'],
] as const;
const variables = SECRETS.map(([name, value]) => `${name}=${value}`).join('\n');
const problems = SECRETS.map(([name, , kind]) => refused(name, kind));

test.concurrent('secrets among the variables of a new public Space are refused, masked, and sent nowhere', async () => {
  await using lab = await openLab(dockerApp('1'));

  const run = await lab.deploy({ variables: `GREETING=hello\n${variables}`, visibility: 'public' });

  expect([run.errors, run.exitCode, writes(run.requests)]).toEqual([problems, 1, []]);
  expect(run.masks).toEqual(expect.arrayContaining(SECRETS.map(([, value]) => value)));
  expect(JSON.stringify([run.log, run.summary, run.outputs])).not.toContain(RANDOM);
});

test.concurrent('so they are where the Space is public already, and for a static one that is protected', async () => {
  await using lab = await openLab(staticSite('one'));
  await lab.deploy({ visibility: 'public' });
  await lab.deploy({ space: 'me/protected', visibility: 'protected' });
  const given = { variables: `OPENAI=sk-${RANDOM}` };

  const [published, shown] = [await lab.deploy(given), await lab.deploy({ ...given, space: 'me/protected' })];

  for (const run of [published, shown])
    expect([run.errors, writes(run.requests)]).toEqual([[refused('OPENAI', 'a key of OpenAI')], []]);
});

test.concurrent('of a private Space they are warned about, and not printed, now or when they go', async () => {
  await using lab = await openLab(dockerApp('1'));
  const value = `sk-${RANDOM}`;

  const first = await lab.deploy({ variables: `OPENAI=${value}\nADMIN_TOKEN=${RANDOM}`, visibility: 'private' });
  const moved = await lab.deploy({ secrets: 'OPENAI=sk-rotated-since-then\nADMIN_TOKEN=other', mode: 'plan' });

  expect([first.errors, first.outputs['result'], moved.outputs['result']]).toEqual([[], 'deployed', 'planned']);
  expect(first.warnings).toEqual([
    '`variables`: ADMIN_TOKEN sounds like a secret, and everybody who can see the Space can read a variable. If it is one, give it in `secrets`.',
    '`variables`: OPENAI contains a key of OpenAI, and everybody who can see the Space can read it. Give it in `secrets`.',
  ]);
  expect(lab.space().variables['OPENAI']?.value).toBe(value);
  for (const { log, summary, outputs } of [first, moved])
    expect(JSON.stringify([log, summary, outputs])).not.toContain(RANDOM);
});

test.concurrent('a Space that has one already is not made public', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy({ variables: `OPENAI=sk-${RANDOM}`, visibility: 'private' });

  const run = await lab.deploy({ visibility: 'public' });

  expect([run.errors, writes(run.requests), lab.space().visibility]).toEqual([
    [
      says(
        'Its variable OPENAI contains a key of OpenAI, and everybody could read it once the Space is public.',
        'Where: Space me/app',
        'Fix: Make it a secret, or delete it, before you change the visibility.',
      ),
    ],
    [],
    'private',
  ]);
});
