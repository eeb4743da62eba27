import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { systemGit } from '../../../src/edges/git.ts';
import type { Inputs } from '../../../src/inputs/inputs.ts';
import { blobIdOf, digestOf } from '../../../src/source/blob-id.ts';
import { readSource } from '../../../src/source/read-source.ts';
import type { DeployFile } from '../../../src/source/source.ts';
import { inputsOf } from '../inputs-of.ts';
import { type Directory, repository } from './git-repository.ts';

const made: Directory[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) directory.remove();
});

function repo(files: Readonly<Record<string, string>>): Directory {
  const directory = repository(files);
  made.push(directory);
  return directory;
}

const read = (directory: Directory, inputs: Partial<Inputs> = {}) =>
  readSource(inputsOf({ directory: directory.path, ...inputs }), { git: systemGit, runner: { env: {} } });

function textOf({ content }: DeployFile): string {
  return content.kind === 'disk' ? readFileSync(content.absolute, 'utf8') : Buffer.from(content.bytes).toString();
}

/** The source with its files as texts; size and blob id must be those of the text. */
async function told(directory: Directory, inputs: Partial<Inputs> = {}) {
  const { files, sourceDigest: _, contentDigest: __, ...rest } = await read(directory, inputs);
  const texts = [...files.values()].map((file): [string, string] => {
    const text = textOf(file);
    expect([file.size, file.blobId]).toEqual([Buffer.byteLength(text), blobIdOf(Buffer.from(text))]);
    return [file.path, text];
  });
  return { ...rest, files: Object.fromEntries(texts) };
}

const README = '---\nsdk: docker # ours\n---\n# App\n';

test('a repository that is a Space already goes as it is', async () => {
  const directory = repo({ Dockerfile: 'FROM x\nCOPY app.py ./\n', 'README.md': README, 'app.py': 'x' });
  expect(await told(directory)).toEqual({
    requestedSdk: 'docker',
    sdk: 'docker',
    card: { sdk: 'docker' },
    readme: README,
    commit: directory.git('rev-parse', 'HEAD').trim(),
    confidential: [],
    exampleNames: [],
    warnings: [],
    notes: [],
    files: { Dockerfile: 'FROM x\nCOPY app.py ./\n', 'README.md': README, 'app.py': 'x' },
  });
});

test('a repository that knows nothing of Spaces gets a README with front matter', async () => {
  const directory = repo({ 'index.html': '<p>', 'README.md': '# Mine\n' });
  const readme = '---\ntitle: Ours\nsdk: static\n---\n\n# Mine\n';
  expect(await told(directory, { card: { title: 'Ours' } })).toEqual({
    requestedSdk: 'static',
    sdk: 'static',
    card: { title: 'Ours', sdk: 'static' },
    readme,
    commit: directory.git('rev-parse', 'HEAD').trim(),
    confidential: [],
    exampleNames: [],
    warnings: [],
    notes: [],
    files: { 'index.html': '<p>', 'README.md': readme },
  });
  expect(readFileSync(`${directory.path}/README.md`, 'utf8')).toBe('# Mine\n');
});

test('a Streamlit app becomes a docker Space', async () => {
  const directory = repo({
    'README.md': '---\nsdk: streamlit\nsdk_version: 1.40\napp_file: main.py\n---\n',
    'main.py': 'x',
    'requirements-space.txt': 'streamlit',
    'requirements.txt': 'pytest',
  });
  const renames = [{ from: 'requirements-space.txt', to: 'requirements.txt' }];
  const source = await told(directory, { renames });
  expect({
    ...source,
    files: { ...source.files, Dockerfile: source.files['Dockerfile']?.split('\n').slice(5, 8) },
  }).toEqual({
    requestedSdk: 'streamlit',
    sdk: 'docker',
    card: { sdk: 'docker', sdk_version: '1.40', app_file: 'main.py', app_port: 8501 },
    readme: '---\nsdk: docker\nsdk_version: 1.40\napp_file: main.py\napp_port: 8501\n---\n',
    commit: directory.git('rev-parse', 'HEAD').trim(),
    confidential: [],
    exampleNames: [],
    warnings: ['`rename`: another file takes the place of "requirements.txt".'],
    notes: [],
    files: {
      'README.md': '---\nsdk: docker\nsdk_version: 1.40\napp_file: main.py\napp_port: 8501\n---\n',
      Dockerfile: [
        'COPY --chown=user requirements.txt ./',
        'RUN pip install --no-cache-dir -r requirements.txt',
        'COPY --chown=user . .',
      ],
      'main.py': 'x',
      'requirements.txt': 'streamlit',
    },
  });
});

test('everything that a person should know is a warning', async () => {
  const directory = repo({
    Dockerfile: 'FROM x\nCOPY dist ./dist\nEXPOSE 8000\n',
    'README.md': README,
    '.gitattributes': '* -text\n',
    '.gitignore': 'dist\n',
    '.env': 'API_KEY=9f8e7d6c5b4a',
  });
  directory.write('start.sh', 'x', 0o755).commit().write('dist/x.js', 'x');
  const { confidential, warnings, files } = await told(directory, { exclude: ['nope'] });
  expect({ confidential, warnings, files: Object.keys(files).sort() }).toEqual({
    confidential: [{ path: '.env', holds: 'a value of API_KEY' }],
    warnings: [
      '`exclude`: "nope" matches no file.',
      'The Hub drops executable bits: "start.sh". Start them by name (sh start.sh), or chmod them in the Dockerfile.',
      ".gitattributes stays the Space's own: the Hub keeps its LFS rules in it.",
      'Dockerfile, line 2: COPY of "dist" will fail: git does not track it, so it is not deployed. Name it in `include`.',
      'The Dockerfile exposes port 8000, and the Hub waits for port 7860: set app_port in the README or in `card`.',
    ],
    files: ['.env', '.gitignore', 'Dockerfile', 'README.md', 'start.sh'],
  });
});

test('the digests: of the source as it lies there, and of what is deployed', async () => {
  const texts = { Dockerfile: 'FROM x\n', 'README.md': '# Mine\n', a: '1' };
  const { sourceDigest, contentDigest, files } = await read(repo(texts), {
    renames: [{ from: 'a', to: 'b' }],
    protect: ['data/**'],
  });
  const blobs = Object.entries(texts).map(([path, text]) => ({ path, blobId: blobIdOf(Buffer.from(text)) }));
  expect([sourceDigest, contentDigest]).toEqual([digestOf(blobs), digestOf(files.values(), ['data/**'])]);
  expect([...files.keys()].sort()).toEqual(['Dockerfile', 'README.md', 'b']);
});

test.each<[string, Readonly<Record<string, string>>, Partial<Inputs>, readonly string[]]>([
  [
    'all files that cannot be deployed, and everything that is wrong with the card',
    {
      'README.md': '---\nsdk: docker\napp_port: many\n---\n',
      'a\\b': 'x',
      'm.bin': `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`,
    },
    { renames: [{ from: 'x', to: 'y' }], include: ['dist/**'] },
    [
      '"dist/**" matches no file.',
      '"m.bin" is an LFS pointer, not the file itself.',
      'The Hub cannot keep a file named "a\\\\b".',
      'There is no "x" among the deployed files.',
      'app_port must be a port, 1 to 65535.',
      'A docker Space starts with "Dockerfile", and that is not among the deployed files.',
    ],
  ],
  [
    'all that is wrong with the card',
    { Dockerfile: 'FROM x', 'README.md': '---\nsdk: docker\ncolorFrom: orange\napp_port: many\n---\n' },
    {},
    [
      'colorFrom must be one of red, yellow, green, blue, indigo, purple, pink, gray.',
      'app_port must be a port, 1 to 65535.',
    ],
  ],
  [
    'secrets for a Space that turns out to be static, and has no page',
    { 'README.md': '---\nsdk: static\n---\n' },
    { secrets: new Map([['KEY', 'x']]) },
    [
      'A static Space starts with "index.html", and that is not among the deployed files.',
      'A static Space cannot keep a secret, and it was given KEY.',
    ],
  ],
])('refused at once: %s', async (_, files, inputs, whats) => {
  const error: unknown = await read(repo(files), inputs).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(Failure);
  expect([(error as Failure).kind, (error as Failure).problems.map(({ what }) => what)]).toEqual(['inputs', whats]);
});
