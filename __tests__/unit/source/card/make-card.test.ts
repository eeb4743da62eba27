import { expect, test } from '@jest/globals';
import { Failure } from '../../../../src/base/failure.ts';
import type { Inputs } from '../../../../src/inputs/inputs.ts';
import { makeCard } from '../../../../src/source/card/make-card.ts';
import { inputsOf } from '../../inputs-of.ts';

function card(files: Readonly<Record<string, string | Uint8Array>>, inputs: Partial<Inputs> = {}) {
  const entries = Object.entries(files).map(([path, content]) => {
    const bytes = Buffer.from(content as string);
    return [path, { path, size: bytes.length, blobId: '', content: { kind: 'memory', bytes } }] as const;
  });
  return makeCard(inputsOf(inputs), new Map(entries));
}

/** The README that is deployed, and what is said about it. */
async function made(files: Readonly<Record<string, string>>, inputs: Partial<Inputs> = {}) {
  const { card: made, warnings } = await card(files, inputs);
  return { readme: made.readme, changed: made.changed, warnings };
}

const problemsOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => {
      if (error instanceof Failure) return error.problems;
      throw error;
    },
  );

const FRONT_MATTER = '---\nsdk: docker\ntitle: App\n---\n';

test.each<[string, Uint8Array]>([
  ['Latin-1', Buffer.from('---\ntitle: caf\xe9\n---\n', 'latin1')],
  ['UTF-16 of Windows', Buffer.from(`\ufeff${FRONT_MATTER}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(FRONT_MATTER, 'utf16le')],
  ['UTF-8 that was cut', Buffer.from('---\ntitle: caf\xc3', 'latin1')],
])('a README in %s is refused, whether it has to change or not', async (_, readme) => {
  const problem = {
    where: 'README.md',
    what: 'The README is not UTF-8.',
    cause: 'The Hub reads it as UTF-8: letters of another encoding, as Latin-1 or UTF-16, would be lost.',
    fix: 'Save it as UTF-8.',
  };
  const files = { Dockerfile: 'FROM x', 'README.md': readme };
  expect([await problemsOf(card(files)), await problemsOf(card(files, { card: { title: 'x' } }))]).toEqual([
    [problem],
    [problem],
  ]);
});

test('letters of all languages, and a byte order mark, stay', async () => {
  const readme = `\ufeff---\nsdk: docker\ntitle: café 東京 🚀\n---\n# Über\n`;
  expect(await made({ Dockerfile: 'FROM x', 'README.md': readme })).toEqual({ readme, changed: false, warnings: [] });
});

const misnamed = (path: string) =>
  `${path} has front matter, and the Hub reads that of README.md only: it is ignored. Give the file that name, or write \`rename: ${path} -> README.md\`.`;

test.each(['readme.md', 'Readme.md', 'README.MD', 'README.markdown', 'README', 'readme.txt'])(
  'front matter in %s is not passed over in silence',
  async (path) => {
    const said = await made({ Dockerfile: 'FROM x', [path]: FRONT_MATTER });
    const beside = await made({ [path]: FRONT_MATTER, 'README.md': FRONT_MATTER });
    expect([said.warnings, beside.warnings]).toEqual([[misnamed(path)], [misnamed(path)]]);
  },
);

test.each([
  ['without front matter', 'readme.md', '# App\n'],
  ['with that of another tool', 'readme.md', '---\nlayout: page\ntitle: App\n---\n'],
  ['of a package', 'lib/readme.md', FRONT_MATTER],
])('a file %s is nothing to speak of', async (_, path, text) => {
  expect((await made({ Dockerfile: 'FROM x', [path]: text })).warnings).toEqual([]);
});

test('where nothing else says what kind of Space it is, the front matter that is ignored is the cause', async () => {
  const problems = await problemsOf(card({ 'app.py': 'x', 'readme.md': '---\nsdk: gradio\n---\n' }));
  expect(problems).toEqual([
    {
      where: 'input `sdk`',
      what: 'Nothing says what kind of Space this is.',
      cause: misnamed('readme.md'),
      fix: 'Set `sdk` to one of: docker, gradio, static, streamlit.',
    },
  ]);
});

test.each([
  ['a comment', `<!-- ours -->\n${FRONT_MATTER}`, 2],
  ['a heading and a line', `# App\n\n${FRONT_MATTER}`, 3],
  ['a rule and a line', `# App\n\n---\n\ntext\n\n${FRONT_MATTER}`, 7],
])('front matter below %s is not passed over in silence', async (_, readme, line) => {
  const { readme: deployed, warnings } = await made({ Dockerfile: 'FROM x', 'README.md': readme });
  expect([deployed, warnings]).toEqual([
    `---\ntitle: app\nsdk: docker\n---\n\n${readme}`,
    [
      `The front matter of README.md is in line ${line}, and the Hub reads it at the top only: it is ignored. Move it up, so that --- is the first line.`,
    ],
  ]);
});

test.each([
  ['rules between paragraphs', '# App\n\n---\nOne\n---\nTwo\n'],
  ['an example in the text', `${FRONT_MATTER}\n\n\`\`\`\n${FRONT_MATTER}\`\`\`\n`],
  ['other YAML', '# App\n---\nname: x\nversion: 1\n---\n'],
])('%s are nothing to speak of', async (_, readme) => {
  expect((await made({ Dockerfile: 'FROM x', 'README.md': readme })).warnings).toEqual([]);
});

test('empty lines before the front matter are left out, so that the Hub finds it', async () => {
  expect(await made({ Dockerfile: 'FROM x', 'README.md': `\n\n${FRONT_MATTER}# App\n` })).toEqual({
    readme: `${FRONT_MATTER}\n# App\n`,
    changed: true,
    warnings: [
      'The front matter of README.md has empty lines before it, with which the Hub may not find it: they are left out.',
    ],
  });
});
