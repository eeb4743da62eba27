import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

const TOKEN = `hf_${'aB3dE5gH7jK9mN1pQ3'.repeat(2).slice(0, 34)}`;

/** What tools leave in a workspace, each with what is said of it. */
const LEFT_BEHIND: Readonly<Record<string, readonly [text: string, holds: string]>> = {
  '.aws/credentials': ['[default]\naws_secret_access_key = x\n', 'credentials of AWS'],
  '.docker/config.json': ['{"auths":{"ghcr.io":{"auth":"bWU6eA=="}}}\n', 'a login of a container registry'],
  '.npmrc': ['//registry.npmjs.org/:_authToken=abc\n', 'a token of npm'],
  '.streamlit/secrets.toml': ['password = "s3same"\n', 'secrets of Streamlit'],
  'firebase.json': ['{"private_key":"-----BEGIN PRIVATE KEY-----\\nMIIE\\n"}\n', 'a private key'],
  'gha-creds-0123456789abcdef.json': ['{}\n', 'credentials of Google Cloud'],
  'home/.cache/huggingface/token': [TOKEN, 'a token of Hugging Face'],
  'notes.txt': [`ghp_${'aB3dE5gH7jK9mN1pQ3'.repeat(2)}\n`, 'a token of GitHub'],
};

test.concurrent('what tools leave in a workspace does not get into a public Space, and each file is named', async () => {
  const files = Object.fromEntries(Object.entries(LEFT_BEHIND).map(([path, [text]]) => [path, text]));
  await using lab = await openLab({ ...staticSite('one'), ...files });

  const run = await lab.deploy({ visibility: 'public' });

  expect(run.errors.map((error) => error.split('\n')[0])).toEqual(
    Object.entries(LEFT_BEHIND).map(
      ([path, [, holds]]) => `"${path}" holds ${holds}, and everybody could read it in a public Space.`,
    ),
  );
  expect([run.exitCode, writes(run.requests), run.log.includes(TOKEN)]).toEqual([1, [], false]);
});

test.concurrent('a committed .env of defaults is deployed to a public Space', async () => {
  const env = 'PUBLIC_NAME=Chat\nHF_TOKEN= #your token, in .env.local\nDATABASE_URL=postgres://app:app@localhost/app\n';
  await using lab = await openLab({ ...staticSite('one'), '.env': env, '.env.production': 'VITE_API=/api\n' });

  const run = await lab.deploy({ visibility: 'public' });

  expect([run.errors, run.outputs['result'], String(await lab.space().read('.env'))]).toEqual([[], 'deployed', env]);
});

test.concurrent('a .env with a secret is refused by the name of the key, unless `include` names the file', async () => {
  const env = 'GREETING=hello\nADMIN_PASSWORD=hunter2\n';
  await using lab = await openLab({ ...staticSite('one'), '.env': env });
  const publicly = { visibility: 'public' };

  const refused = await lab.deploy(publicly);
  const byGlob = await lab.deploy({ ...publicly, include: '.env*' });
  const byName = await lab.deploy({ ...publicly, include: '.env' });

  const said = [
    [
      '".env" holds a value of ADMIN_PASSWORD, and everybody could read it in a public Space.',
      'Where: .env',
      'Fix: Name it in `exclude`; or deploy to a private Space. If everybody may read it, name this very file in `include`.',
    ].join('\n'),
  ];
  expect([refused.errors, byGlob.errors, byName.errors]).toEqual([said, said, []]);
  expect([byName.outputs['result'], String(await lab.space().read('.env'))]).toEqual(['deployed', env]);
  expect(byName.warnings).toContain(
    '".env" holds a value of ADMIN_PASSWORD, and is deployed because `include` names it: everybody who may read the files of the Space can read it.',
  );
  expect([refused, byGlob, byName].some(({ log }) => log.includes('hunter2'))).toBe(false);
});
