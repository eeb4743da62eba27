import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

interface Refusal {
  readonly name: string;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  /** Does to the work tree what a commit of files cannot. */
  readonly spoil?: (directory: string) => void;
  /** The annotations, exactly. */
  readonly says: readonly string[];
}

const says = (...lines: readonly string[]) => lines.join('\n');
const SPACE_FORM = 'Fix: Write owner/name, as in acme/my-app, or the URL of the Space.';
const NAME_FORM = 'Fix: Start with a letter; letters, digits and underscores may follow.';
const STATIC_SECRETS = says(
  'Where: input `secrets`',
  'Cause: The Hub shows the secrets of a static Space to every visitor, in window.huggingface.variables.',
  'Fix: Leave `secrets` and `database-url` out, or serve the app from a docker Space.',
);
const FRONT_MATTER = 'Where: README.md front matter';
const readme = (frontMatter: string) => ({ ...dockerApp('1'), 'README.md': `---\n${frontMatter}\n---\n` });
const git = (directory: string, ...args: string[]) => execFileSync('git', args, { cwd: directory });

const inputs: readonly Refusal[] = [
  {
    name: 'an SDK that there is not',
    inputs: { sdk: 'flask' },
    says: [
      says('"flask" is not a choice.', 'Where: input `sdk`', 'Fix: Use one of: docker, gradio, static, streamlit.'),
    ],
  },
  {
    name: 'no Space',
    inputs: { space: '' },
    says: [says('No Space is named.', 'Where: input `space`', SPACE_FORM)],
  },
  {
    name: 'a Space without its owner',
    inputs: { space: 'app' },
    says: [says('"app" is not the name of a Space.', 'Where: input `space`', SPACE_FORM)],
  },
  {
    name: 'the URL of a model',
    inputs: { space: 'https://huggingface.co/me/model' },
    says: [says('"https://huggingface.co/me/model" is not the name of a Space.', 'Where: input `space`', SPACE_FORM)],
  },
  {
    name: 'a Space that the Hub could not name so',
    inputs: { space: 'me/my app' },
    says: [
      says(
        '"me/my app" is not the name of a Space.',
        'Where: input `space`',
        'Cause: A name has 1 to 96 letters, digits, dashes, dots and underscores.',
        SPACE_FORM,
      ),
    ],
  },
  {
    name: 'a duration without a unit',
    inputs: { timeout: '90' },
    says: [
      says(
        '"90" is not a duration.',
        'Where: input `timeout`',
        'Fix: Write a whole number and a unit, up to six hours: 90s, 20m, 1h.',
      ),
    ],
  },
  {
    name: 'an environment in capitals',
    inputs: { environment: 'Staging' },
    says: [
      says(
        '"Staging" cannot be the name of an environment.',
        'Where: input `environment`',
        'Fix: Start with a lower-case letter; lower-case letters, digits and dashes may follow: production, staging.',
      ),
    ],
  },
  {
    name: 'names that no variable and no secret can have',
    inputs: { secrets: '1ST=x1y2z3', variables: 'MY-NAME=v\n_HIDDEN=w' },
    says: [
      says('"1ST" cannot be the name of a variable or secret.', 'Where: input `secrets`', NAME_FORM),
      says('"MY-NAME" cannot be the name of a variable or secret.', 'Where: input `variables`', NAME_FORM),
      says('"_HIDDEN" cannot be the name of a variable or secret.', 'Where: input `variables`', NAME_FORM),
    ],
  },
  {
    name: 'a name given twice',
    inputs: { 'database-url': 'sqlite:///one', secrets: 'DATABASE_URL=sqlite:///two', variables: 'A=1\nA=2' },
    says: [
      says(
        'DATABASE_URL is given twice.',
        'Where: input `secrets`',
        'Fix: Give each name once; `database-url` gives DATABASE_URL.',
      ),
      says('A is given twice.', 'Where: input `variables`', 'Fix: Give each name once.'),
    ],
  },
  {
    name: 'a variable and a secret of one name',
    inputs: { secrets: 'KEY=closed-value', variables: 'KEY=open' },
    says: [
      says(
        'KEY is both a variable and a secret.',
        'Where: input `variables`',
        'Cause: The Hub takes a Space down when one name is both.',
        'Fix: Give it once.',
      ),
    ],
  },
  {
    name: 'an empty secret',
    inputs: { secrets: 'API_KEY=' },
    says: [
      says(
        'API_KEY is empty.',
        'Where: input `secrets`',
        'Cause: A GitHub secret that does not exist arrives empty, and so does one that begins with a line break.',
        "Fix: Check its name in the settings of the repository and the environment; a value of several lines goes into the step's `env:`, and its bare name API_KEY here.",
      ),
    ],
  },
  {
    name: 'a secret by a name that the step does not have',
    inputs: { secrets: 'API_KEY' },
    says: [
      says(
        "Line 1: this name is not in the step's environment.",
        'Where: input `secrets`',
        'Fix: Add it under `env:` of the step, or write NAME=value.',
      ),
    ],
  },
  {
    name: 'a line that is no setting, without showing it',
    inputs: { secrets: 'GOOD=fine-value\nhalf a s3cret: of two words' },
    says: [
      says(
        'Line 2: this is not of the form NAME=value.',
        'Where: input `secrets`',
        "Fix: Write one a line; put a value with line breaks or quotes into the step's `env:` and give its bare name.",
      ),
    ],
  },
  {
    name: 'renames to what cannot be a file of a Space',
    inputs: { rename: 'config.prod.json -> config/\nx.txt -> .git/config\ny.txt -> .github/w.yml' },
    says: [
      says(
        '"config.prod.json -> config/" gives a name that no file of the Space can have.',
        'Where: input `rename`',
        'Cause: "config/" is a directory, and a file needs a name in it.',
        'Fix: Write the whole name: config.prod.json -> config/config.prod.json',
      ),
      ...['x.txt -> .git/config', 'y.txt -> .github/w.yml'].map((line) =>
        says(
          `"${line}" gives a name that no file of the Space can have.`,
          'Where: input `rename`',
          'Cause: Nothing in .git, .github and .cache/huggingface is deployed.',
          'Fix: Give the file another name, or leave this line out.',
        ),
      ),
    ],
  },
  {
    name: 'a path outside of the workspace',
    inputs: { path: '../other' },
    says: [
      says(
        '"../other" is outside the workspace.',
        'Where: input `path`',
        'Fix: Name a directory of the repository, relative to its root.',
      ),
    ],
  },
  {
    name: 'a path that leads outside by a symbolic link',
    inputs: { path: 'way-out' },
    files: dockerApp('1'),
    spoil: (directory) => symlinkSync('/usr', join(directory, 'way-out')),
    says: [
      says(
        '"way-out" leads out of the workspace through a symbolic link.',
        'Where: input `path`',
        'Fix: Name a directory of the repository, relative to its root.',
      ),
    ],
  },
  {
    name: 'a path that is not there',
    inputs: { path: 'app' },
    says: [
      says(
        'There is no "app" in the workspace.',
        'Where: input `path`',
        'Fix: Name a directory of the repository, relative to its root. Was the repository checked out before this step?',
      ),
    ],
  },
  {
    name: 'secrets for a static Space',
    inputs: { sdk: 'static', secrets: 'API_KEY=s3cret-value', 'database-url': 'sqlite:///file' },
    says: [
      says('A static Space cannot keep a secret, and it was given DATABASE_URL, API_KEY.', STATIC_SECRETS),
      says(
        'A static Space starts with "index.html", and that is not among the deployed files.',
        'Where: input `path`',
        'Cause: This is where the Hub looks for it.',
        'Fix: Deploy the directory that holds it, name it in `include` if git ignores it, or `rename` another file to it.',
      ),
    ],
  },
  {
    name: 'a card that is not YAML',
    inputs: { card: 'title: Fine\nemoji: "🚀\n' },
    says: [
      says(
        'Line 2 is not YAML: Missing closing "quote',
        'Where: input `card`',
        'Fix: Write front matter keys as YAML: title: My app',
      ),
    ],
  },
  {
    name: 'a card that is a list',
    inputs: { card: '- title: Mine' },
    says: [
      says(
        'It is not a list of keys and values.',
        'Where: input `card`',
        'Fix: Write front matter keys as YAML: title: My app',
      ),
    ],
  },
  {
    name: 'a health path on another host',
    inputs: { 'health-path': '//example.org/health' },
    says: [
      says(
        '"//example.org/health" is not a path of the app.',
        'Where: input `health-path`',
        'Fix: Begin with one slash: /health.',
      ),
    ],
  },
  {
    name: 'an expectation that cannot be read',
    inputs: { 'health-expect': 'status is healthy' },
    says: [
      says(
        '"status is healthy" is not an expectation.',
        'Where: input `health-expect`',
        'Fix: Write json.path=value (status=healthy, database.ok=true), or text:some words.',
      ),
    ],
  },
  {
    name: 'a Hub that would get the token in the clear',
    inputs: { 'hub-url': 'http://hub.example.org' },
    says: [
      says(
        'http://hub.example.org would send the token without encryption.',
        'Where: input `hub-url`',
        'Fix: Use https.',
      ),
    ],
  },
];

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4d7a'.repeat(16)}\nsize 123456\n`;

const source: readonly Refusal[] = [
  {
    name: 'secrets for a Space that its files show to be static',
    inputs: { secrets: 'API_KEY=s3cret-value' },
    files: { 'index.html': '<p>Hello</p>\n' },
    says: [says('A static Space cannot keep a secret, and it was given API_KEY.', STATIC_SECRETS)],
  },
  {
    name: 'LFS pointers, every one',
    files: { ...dockerApp('1'), 'model.bin': POINTER, 'data/more.bin': POINTER },
    says: ['data/more.bin', 'model.bin'].map((path) =>
      says(`"${path}" is an LFS pointer, not the file itself.`, 'Fix: Give actions/checkout `lfs: true`.'),
    ),
  },
  {
    name: 'submodules that are not checked out',
    files: dockerApp('1'),
    spoil: (directory) => {
      for (const path of ['vendor/one', 'vendor/two']) {
        git(directory, 'update-index', '--add', '--cacheinfo', `160000,${'a1'.repeat(20)},${path}`);
        mkdirSync(join(directory, path), { recursive: true });
      }
    },
    says: ['vendor/one', 'vendor/two'].map((path) =>
      says(
        `The submodule "${path}" is not checked out.`,
        'Fix: Give actions/checkout `submodules: recursive`, or name it in `exclude`.',
      ),
    ),
  },
  {
    name: 'links that leave the directory',
    inputs: { path: 'app' },
    files: Object.fromEntries([
      ...Object.entries(dockerApp('1')).map(([path, text]) => [`app/${path}`, text]),
      ['shared.txt', 'shared'],
    ]),
    spoil: (directory) => {
      symlinkSync('../shared.txt', join(directory, 'app/near'));
      symlinkSync('/etc/hostname', join(directory, 'app/far'));
      symlinkSync('nothing', join(directory, 'app/nowhere'));
      git(directory, 'add', '--all');
    },
    says: [
      says(
        'The symbolic link "far" leaves the directory that is deployed.',
        'Fix: Put the file itself there, or name the link in `exclude`.',
      ),
      says(
        'The symbolic link "near" leaves the directory that is deployed.',
        'Fix: Put the file itself there, or name the link in `exclude`.',
      ),
      says('The symbolic link "nowhere" leads nowhere.', 'Fix: Remove it, or name it in `exclude`.'),
    ],
  },
  {
    name: 'an include that matches nothing',
    inputs: { include: 'dist/**\nbuild/*.js' },
    files: dockerApp('1'),
    says: ['dist/**', 'build/*.js'].map((glob) =>
      says(
        `"${glob}" matches no file.`,
        'Where: input `include`',
        'Fix: Did the step that builds it run before this one? Globs are relative to `path`.',
      ),
    ),
  },
  {
    name: 'a rename of a file that is not there',
    inputs: { rename: 'requirements-app.txt -> requirements.txt' },
    files: dockerApp('1'),
    says: [
      says(
        'There is no "requirements-app.txt" among the deployed files.',
        'Where: input `rename`',
        'Fix: Name a file relative to `path`; `exclude` comes before `rename`.',
      ),
    ],
  },
  {
    name: 'a rename to what is a file already, so that it would be a directory too',
    inputs: { rename: 'x.txt -> server.js/y' },
    files: { ...dockerApp('1'), 'x.txt': 'x\n' },
    says: [
      says(
        '"server.js" would be a file and a directory at once, because of "server.js/y".',
        'Where: input `rename`',
        'Cause: It says "x.txt -> server.js/y".',
        'Fix: Give the file another name there.',
      ),
    ],
  },
  {
    name: 'a merge that was not finished',
    files: dockerApp('1'),
    spoil: (directory) => {
      const blob = git(directory, 'rev-parse', 'HEAD:server.js').toString().trim();
      const versions = [1, 2, 3].map((stage) => `100644 ${blob} ${stage}\tserver.js\n`);
      git(directory, 'rm', '--quiet', '--cached', 'server.js');
      execFileSync('git', ['update-index', '--index-info'], { cwd: directory, input: versions.join('') });
    },
    says: [
      says(
        '"server.js" has a merge conflict that nobody has solved yet.',
        'Where: server.js',
        'Cause: git has several versions of it, and does not know which one is right.',
        'Fix: Solve it in the file and run `git add` on it, give the merge up with `git merge --abort`, or name the file in `exclude`.',
      ),
    ],
  },
  {
    name: 'a directory in which git tracks nothing',
    inputs: { path: 'dist' },
    files: { ...dockerApp('1'), '.gitignore': 'dist/\n' },
    spoil: (directory) => {
      mkdirSync(join(directory, 'dist'));
      writeFileSync(join(directory, 'dist/index.html'), '<p>built</p>');
    },
    says: [
      says(
        'There is nothing to deploy in "dist".',
        'Where: input `path`',
        'Cause: git tracks no file there.',
        'Fix: If it is build output, say so: `include: "**"`. If not, add the files to git and commit them.',
      ),
    ],
  },
  {
    name: 'files that do not show what kind of Space they are',
    files: { 'main.py': 'print("hello")\n' },
    says: [
      says(
        'Nothing says what kind of Space this is.',
        'Where: input `sdk`',
        'Cause: There is no `sdk` in the front matter of README.md, no Dockerfile and no index.html.',
        'Fix: Set `sdk` to one of: docker, gradio, static, streamlit.',
      ),
    ],
  },
  {
    name: 'an SDK of the front matter that the Hub does not have',
    files: readme('title: Probe\nsdk: flask'),
    says: [
      says(
        'The front matter says sdk: "flask", which the Hub does not have.',
        'Where: input `sdk`',
        'Cause: The Hub hosts docker, gradio and static Spaces.',
        'Fix: Set `sdk` to one of: docker, gradio, static, streamlit.',
      ),
    ],
  },
  {
    name: 'a docker Space without a Dockerfile',
    inputs: { sdk: 'docker' },
    files: { 'main.py': 'print("hello")\n' },
    says: [
      says(
        'A docker Space starts with "Dockerfile", and that is not among the deployed files.',
        'Where: input `path`',
        'Cause: This is where the Hub looks for it.',
        'Fix: Deploy the directory that holds it, name it in `include` if git ignores it, or `rename` another file to it.',
      ),
    ],
  },
  {
    name: 'front matter that is not YAML',
    files: readme('title: Probe\nsdk: docker\nemoji: "🚀'),
    says: [
      says(
        'The front matter cannot be read: Missing closing "quote',
        'Where: README.md, line 4',
        'Fix: Correct the YAML between the two --- lines.',
      ),
    ],
  },
  {
    name: 'front matter that is never closed',
    files: { ...dockerApp('1'), 'README.md': '---\ntitle: Probe\napp_port: 9000\n\n# Probe\n' },
    says: [
      says(
        'The front matter is never closed.',
        'Where: README.md, line 3',
        'Cause: It begins with --- and no line after it is ---, so the Hub reads none of its keys.',
        'Fix: Write a line --- after its last key, which seems to be in line 3.',
      ),
    ],
  },
  {
    name: 'everything in the front matter that the Hub would refuse',
    inputs: { card: 'colorTo: magenta' },
    files: readme(`title: Probe\nsdk: docker\ncolorFrom: teal\nshort_description: ${'x'.repeat(61)}\napp_port: http`),
    says: [
      says(
        'colorFrom must be one of red, yellow, green, blue, indigo, purple, pink, gray.',
        FRONT_MATTER,
        'Fix: It is "teal"; change it in the README or in `card`.',
      ),
      says(
        'short_description must have at most 60 characters, it has 61.',
        FRONT_MATTER,
        `Fix: It is "${'x'.repeat(61)}"; change it in the README or in \`card\`.`,
      ),
      says(
        'app_port must be a port, 1 to 65535.',
        FRONT_MATTER,
        'Fix: It is "http"; change it in the README or in `card`.',
      ),
      says(
        'colorTo must be one of red, yellow, green, blue, indigo, purple, pink, gray.',
        FRONT_MATTER,
        'Fix: It is "magenta"; change it in the README or in `card`.',
      ),
    ],
  },
];

/** Refusals that need no request share one Hub, which must not get any. */
const unasked = await openLab(dockerApp('1'));
afterAll(() => unasked.close());

test.concurrent.each([...inputs, ...source])('refused without any request: $name', async (refusal) => {
  await using own = refusal.files === undefined ? undefined : await openLab(refusal.files);
  const lab = own ?? unasked;
  refusal.spoil?.(lab.workspace.directory);

  const run = await lab.deploy({ 'hub-url': unasked.hub.url, ...refusal.inputs }, { env: refusal.env ?? {} });

  expect(run.errors).toEqual(refusal.says);
  expect(run.exitCode).toBe(1);
  // Which Space it is about is known as soon as the inputs are right.
  const isAboutFiles = source.includes(refusal);
  expect(run.outputs).toEqual({
    result: 'failed',
    changed: 'false',
    created: 'false',
    'rolled-back': 'false',
    ...(isAboutFiles ? { 'space-url': `${unasked.hub.url}/spaces/me/app` } : {}),
  });
  const where = isAboutFiles ? ': <code>me/app</code>' : '';
  expect(run.summary.split('\n')[0]).toBe(`## ❌ Nothing was deployed: the inputs are not right${where}`);
  expect([...unasked.hub.requests, ...lab.hub.requests]).toEqual([]);
  expect(JSON.stringify([run.log, run.summary])).not.toMatch(/s3cret|x1y2z3|closed-value|ghp_not_of_the_Hub/);
});

/** The sentences of an annotation; the tenth has all that are left. */
const firstLines = (text: string) => text.split(/\n\n|^\d+ more:\n/).flatMap((problem) => problem.split('\n')[0] || []);

test.concurrent('many problems are all named in one run, in as many annotations as GitHub shows', async () => {
  const run = await unasked.deploy({
    space: 'app',
    environment: 'Staging',
    sdk: 'flask',
    token: 'ghp_not_of_the_Hub',
    secrets: 'API_KEY=',
    variables: 'A=1\nA=2',
    'settings-strategy': 'replace',
    path: '..',
    include: '../etc/*',
    exclude: '!keep.txt',
    protect: '../x',
    rename: 'a to b',
    card: '[]',
    visibility: 'secret',
    'health-path': 'health',
    'health-expect': 'ok',
    timeout: '0s',
    mode: 'destroy',
    'hub-url': 'ftp://hub',
  });

  expect(run.errors).toHaveLength(10);
  expect(run.errors.flatMap(firstLines)).toEqual([
    '"app" is not the name of a Space.',
    '"Staging" cannot be the name of an environment.',
    '"flask" is not a choice.',
    'This is not a Hugging Face token: those begin with hf_ and contain no spaces.',
    'API_KEY is empty.',
    'A is given twice.',
    '"replace" is not a choice.',
    '"../etc/*" leads out of the directory to deploy.',
    '"!keep.txt" is an exception, which these globs do not have.',
    '"../x" leads out of the directory to deploy.',
    '"a to b" is not a rename.',
    'It is not a list of keys and values.',
    '"secret" is not a choice.',
    '"health" is not a path of the app.',
    '"ok" is not an expectation.',
    '"0s" is not a duration.',
    '"destroy" is not a choice.',
    '"ftp://hub" is not a URL.',
    '".." is outside the workspace.',
  ]);
  expect(run.exitCode).toBe(1);
  expect(unasked.hub.requests).toEqual([]);
});

const confidential = (path: string, holds: string) =>
  says(
    `"${path}" holds ${holds}, and everybody could read it in a public Space.`,
    `Where: ${path}`,
    'Fix: Name it in `exclude`; or deploy to a private Space. If everybody may read it, name this very file in `include`.',
  );
const withKeys = {
  ...staticSite('one'),
  '.env': 'DATABASE_URL=postgres://app:k9fQ2x@db.acme.io/app\n',
  '.env.example': 'DATABASE_URL=\n',
  'certs/ca.pem': '-----BEGIN CERTIFICATE-----\n',
  'certs/server.key': '-----BEGIN PRIVATE KEY-----\n',
  'deploy/id_ed25519': 'x\n',
  'sub/.env.production': 'API_KEY=9f8e7d6c5b4a\n',
};
const refusedFiles = [
  confidential('.env', 'a URL with a password, as DATABASE_URL'),
  confidential('certs/server.key', 'a private key'),
  confidential('deploy/id_ed25519', 'private keys'),
  confidential('sub/.env.production', 'a value of API_KEY'),
];

/** What one look at a Space asks, all at the same time, sorted; beside what it asks of the Space itself. */
const oneLook = (...besides: readonly string[]) =>
  [
    'GET /api/spaces/me/app/commits/main?limit=2',
    'GET /api/spaces/me/app/host',
    'GET /api/spaces/me/app/runtime',
    'GET /api/spaces/me/app/secrets',
    'GET /api/spaces/me/app/variables',
    ...besides,
  ].sort();

test.concurrent('refused, after one look: secrets in files for a Space that will be public', async () => {
  await using lab = await openLab(withKeys);

  const run = await lab.deploy({ visibility: 'public' });

  expect([run.errors, run.exitCode]).toEqual([refusedFiles, 1]);
  // The check of the README that was asked for meanwhile is given up, perhaps before the Hub got it.
  const looks = run.requests.filter((request) => request !== 'POST /api/validate-yaml');
  expect(looks.sort()).toEqual(oneLook('GET /api/spaces/me/app'));
});

test.concurrent('refused: secrets in files for a Space that is public already; a private one takes them', async () => {
  await using lab = await openLab(staticSite('one'));
  const first = await lab.deploy({ visibility: 'public' });
  lab.workspace.commit(withKeys);

  const refused = await lab.deploy();
  const taken = await lab.deploy({ space: 'me/other' });

  const [commit, files] = [await lab.space().head(), await lab.space().files()];
  expect(first.errors).toEqual([]);
  expect([refused.errors, refused.exitCode]).toEqual([refusedFiles, 1]);
  expect(writes(refused.requests)).toEqual([]);
  expect([commit, files['.env']]).toEqual([first.outputs['commit'], undefined]);
  expect([taken.errors, taken.outputs['result']]).toEqual([[], 'deployed']);
});

test.concurrent('refused before anything is written: what only the Hub finds wrong with the README', async () => {
  await using lab = await openLab(
    readme('title: Probe\nsdk: docker\nhf_oauth_expiration_minutes: 0\ncustom_headers: none'),
  );

  const run = await lab.deploy({ secrets: 'API_KEY=s3cret-value' });

  expect(run.errors.map((text) => text.replace(/, request Root=[\w-]+$/m, ''))).toEqual(
    ['"hf_oauth_expiration_minutes" must be an integer from 1 to 43200', '"custom_headers" must be an object'].map(
      (said) =>
        says(
          `The Hub does not accept it: ${said}`,
          'Where: README.md front matter; POST /api/validate-yaml answered 400',
          'Fix: Change it in the README or in `card`.',
        ),
    ),
  );
  expect(run.exitCode).toBe(1);
  expect([...run.requests].sort()).toEqual(
    oneLook('GET /api/spaces/me/app?expand=sha&expand=sdk&expand=private&expand=cardData', 'POST /api/validate-yaml'),
  );
});
