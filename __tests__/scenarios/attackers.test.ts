import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab } from './support/lab.ts';

/** Each story has its own lab, so that all of them can run at once. */
const on = (files: Parameters<typeof openLab>[0], story: (lab: Lab) => Promise<void>) => async () => {
  const lab = await openLab(files);
  try {
    await story(lab);
  } finally {
    await lab.close();
  }
};

const ALPHABETS = [
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  '$`"\'\\;&|<>(){}[]*?!#~%^=+-_.,:/@ ',
  '*_`[](){}#+-.!|<>&~ab',
  'éüñ漢字🚀ß€',
  'ab\n\n\tcd "\\\'',
];

/** A secret that depends on nothing but its number. */
function secretOf(number: number): string {
  const digest = createHash('sha512').update(`secret ${number}`).digest();
  const alphabet = [...(ALPHABETS[number % ALPHABETS.length] ?? 'x')];
  const text = [...digest].slice(0, 12 + (number % 30)).map((byte) => alphabet[byte % alphabet.length]);
  return `s${text.join('')}e`;
}

/** Takes the secrets it was given, and says all of them in every form it knows. */
const TELLTALE = `
const secrets = Object.entries(process.env).filter(([name]) => name.startsWith('SECRET_')).map(([, value]) => value);
const forms = (text) => [text, encodeURIComponent(text), Buffer.from(text).toString('base64'), JSON.stringify(text), JSON.stringify(JSON.stringify(text))];
// As Python's rich prints digits.
const coloured = (text) => text.slice(0, 5) + '\\x1b[36m' + text.slice(5, 8) + '\\x1b[0m' + text.slice(8);
const all = secrets.flatMap((secret) => [...forms(secret), ...secret.split('\\n').map(coloured)]);
for (const form of all) console.log('leak:', form);
require('node:http').createServer((request, response) => {
  response.writeHead(500, { 'content-type': 'text/plain' });
  response.end(all.join('\\n'));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;

test.concurrent(
  'no secret appears anywhere, in whatever form the app prints it',
  on(dockerApp('1', TELLTALE), async (lab) => {
    const secrets = Object.fromEntries(
      Array.from({ length: 25 }, (_, number) => [`SECRET_${number}`, secretOf(number)]),
    );
    const databaseUrl = 'postgresql://me:p%40ss%2Fw0rd-x@db.example.org/app';

    const run = await lab.deploy(
      { secrets: Object.keys(secrets).join('\n'), 'database-url': databaseUrl, timeout: '2s' },
      // Thirty fingerprints would take seven seconds of a processor.
      { env: secrets },
    );

    expect(run.exitCode).toBe(1);
    expect(lab.space().secrets['SECRET_7']?.value).toBe(secrets['SECRET_7']);
    const told = [run.log, run.summary, ...Object.values(run.outputs), ...run.errors].join('\n');
    const forms = (text: string) => [
      text,
      encodeURIComponent(text),
      Buffer.from(text).toString('base64'),
      JSON.stringify(text).slice(1, -1),
    ];
    const leaked = [...Object.values(secrets), databaseUrl, 'p%40ss%2Fw0rd-x', 'p@ss/w0rd-x', 'hf_me_write'].filter(
      (secret) => forms(secret).some((form) => told.includes(form)),
    );
    expect(leaked).toEqual([]);
    expect(told).toContain('leak: ***');
    expect(run.masks).toEqual(
      expect.arrayContaining(Object.values(secrets).filter((secret) => !secret.includes('\n'))),
    );
  }),
);

test.concurrent(
  'twenty thousand files, one of no bytes and a README of five megabytes',
  on(staticSite('many'), async (lab) => {
    for (let i = 0; i < 20_000; i++) {
      const directory = join(lab.workspace.directory, 'data', String(i % 200));
      if (i < 200) mkdirSync(directory, { recursive: true });
      writeFileSync(join(directory, `${i}.txt`), `${i}\n`);
    }
    lab.workspace.commit({
      'empty.txt': '',
      'README.md': `---\ntitle: Big\nsdk: static\n---\n${'long '.repeat(1_000_000)}`,
    });

    const run = await lab.deploy();

    expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
    const files = await lab.space().files();
    expect(Object.keys(files)).toHaveLength(20_005);
    expect(files['empty.txt']).toEqual({ oid: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391', size: 0 });
    expect(Buffer.byteLength(run.summary)).toBeLessThan(1024 * 1024);
    const again = await lab.deploy();
    expect([again.outputs['result'], again.requests.length]).toEqual(['unchanged', 7]);
  }),
  300_000,
);

const BOMB = [
  'a: &a ["lol","lol","lol","lol","lol","lol","lol","lol","lol"]',
  ...'bcdefghij'.split('').map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[i]}`).join(',')}]`),
].join('\n');

test.concurrent(
  'YAML that unfolds to gigabytes is refused where it stands',
  on({ ...staticSite('one'), 'README.md': `---\n${BOMB}\nsdk: static\n---\n` }, async (lab) => {
    const [inReadme, inCard] = [await lab.deploy(), await lab.deploy({ card: BOMB })];

    expect(inReadme.errors).toEqual([
      'The front matter cannot be read: it uses YAML aliases.\nWhere: README.md, line 2\nFix: Correct the YAML between the two --- lines.',
    ]);
    expect(inCard.errors).toEqual(['It uses YAML aliases.\nWhere: input `card`\nFix: Write each value out.']);
    expect([inReadme.requests, inCard.requests]).toEqual([[], []]);
  }),
);

test.concurrent(
  'a file name that means something else on another system is refused, and .git is never deployed',
  on({ ...staticSite('one'), 'a\\..\\b.txt': 'x' }, async (lab) => {
    const run = await lab.deploy({ include: '.git/**\n**/*.txt' });

    expect(run.requests).toEqual([]);
    expect(run.errors).toEqual([
      expect.stringMatching(/^"\.git\/\*\*" matches no file\./),
      expect.stringMatching(/^The Hub cannot keep a file named "a\\\\\.\.\\\\b\.txt"\./),
    ]);
  }),
);
