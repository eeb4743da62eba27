// biome-ignore-all lint/suspicious/noThenProperty: faults say what happens `then`, and are never awaited
import { expect, test } from '@jest/globals';
import { dockerApp, scriptedServer, staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import type { ActionRun } from './support/run-action.ts';
import { obeyedCommands, withoutEntities } from './support/runner.ts';
import { startGateway } from './support/server.ts';

const FORGED = [
  '::set-output name=result::forged',
  '  ::error::forged',
  '##[error]forged',
  'in the middle ##[add-mask]e',
  '::stop-commands::forged',
  '::endgroup::',
  'progress\r::warning::forged',
  '\u001b[31mred\u001b[0m \u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007 \u0000\u0008',
  '\u202e::gnidaeler \u200b::notice::forged',
  'next\u2028::error::forged\u0085::error::forged',
  '<script>alert(1)</script><img src=x onerror=alert(1)></pre></details><a href="http://evil.example">',
  '![x](http://evil.example/x.png) [x](http://evil.example) `x` **x** | x | \n# x',
  '%0A::error::forged',
  'x'.repeat(1_000_000),
];

/** That nothing of what others wrote has an effect where people, the runner or a browser read it. */
function expectHarmless(run: ActionRun) {
  const ours = ['group', 'endgroup', 'error', 'warning', 'notice', 'debug'];
  expect(obeyedCommands(run.log).filter((command) => !ours.includes(command))).toEqual([]);
  expect(run.errors.concat(run.warnings).filter((text) => /^forged/.test(text))).toEqual([]);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  expect(run.log).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e\u200b]/);
  expect(Math.max(...run.log.split('\n').map((line) => line.length))).toBeLessThan(20_000);
  const tags = [...run.summary.matchAll(/<\/?([a-z]+)[^>]*>/gi)].map(([, name]) => name);
  const known = ['a', 'code', 'pre', 'details', 'summary', 'br'];
  expect(tags.filter((name) => !known.includes(name ?? ''))).toEqual([]);
  expect(run.summary).not.toMatch(/<a [^>]*evil/);
  expect(run.summary.replace(/<pre>[\s\S]*?<\/pre>/g, '')).not.toMatch(/!\[|\]\(/);
}

test.concurrent('a build log is shown but never obeyed, and a very long one is cut', async () => {
  await using lab = await openLab(dockerApp('1'), { pace: { buildMs: 5_000 } });
  const many = Array.from({ length: 100_000 }, (_, i) => `step ${i}`);
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    if (!path.endsWith('/logs/build')) return forward();
    const commit = (await lab.space().head()).slice(0, 7);
    const header = `===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: ${commit} =====`;
    const events = [header, ...FORGED, ...many].map((data) => `data: ${JSON.stringify({ data: `${data}\n` })}\n\n`);
    return new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } });
  });

  const run = await lab.deploy({ 'hub-url': gateway.url });

  expect([run.errors, run.warnings, run.outputs['result']]).toEqual([[], [], 'deployed']);
  expect(run.log).toMatch(/^in the middle ## \[add-mask\]e$/m);
  expect(run.log).toMatch(/^step 4000$/m);
  expect(run.log).toMatch(/^… the log goes on; the rest is on the page of the Space\.$/m);
  expect(run.log.split('\n').length).toBeLessThan(6_000);
  expectHarmless(run);
});

test.concurrent('the last log lines of a crashed app are shown, but never obeyed', async () => {
  const server = `for (const line of ${JSON.stringify(FORGED)}) console.log(line); throw new Error(${JSON.stringify(FORGED.slice(0, 4).join('\n'))})`;
  await using lab = await openLab(dockerApp('1', server));

  const run = await lab.deploy({ 'on-failure': 'keep' });

  expect([run.exitCode, run.outputs['result'], run.errors.length]).toEqual([1, 'failed', 1]);
  expect(run.errors[0]).toMatch(/^RUNTIME_ERROR: the app did not start, or ended/);
  expect(withoutEntities(run.summary)).toMatch(/<script>alert\(1\)<\/script>/);
  expectHarmless(run);
});

test.concurrent('the answers of the app and the texts of the Hub are shown, but never obeyed', async () => {
  const server = scriptedServer(
    `() => [503, ${JSON.stringify(FORGED.slice(0, -1).join('\n'))}, { 'content-type': 'text/html' }]`,
  );
  await using lab = await openLab(dockerApp('1', server));
  const unwell = await lab.deploy({ timeout: '15s', 'on-failure': 'keep', 'health-expect': 'status=healthy' });
  const error = FORGED.slice(0, -1).join('\n');
  lab.hub.fault({ route: 'GET /api/spaces/:owner/:name', then: { status: 400, body: { error } } });

  const refused = await lab.deploy();

  expect([unwell.exitCode, unwell.errors.length, refused.exitCode, refused.errors.length]).toEqual([1, 1, 1, 1]);
  expect(refused.errors[0]).toMatch(
    /^The Hub refused to read the Space me\/app: ::set-output name=result::forged {3}::error::forged ## \[error\]forged/,
  );
  expectHarmless(unwell);
  expectHarmless(refused);
});

test.concurrent('the answer to a check and the output of a command are shown, but never obeyed', async () => {
  const forged = FORGED.join('\n');
  const server = scriptedServer(
    `(asked, request) => request.url === '/x' ? [500, ${JSON.stringify(FORGED.slice(0, -1).join('\n'))}] : [200, 'fine']`,
  );
  await using lab = await openLab({ ...dockerApp('1', server), 'forged.txt': `${forged}\n` });
  await lab.deploy({ exclude: 'forged.txt' });

  const check = await lab.deploy({ exclude: 'forged.txt', checks: '- /x', timeout: '3s' });
  const command = await lab.deploy({
    exclude: 'forged.txt',
    'check-command': 'cat forged.txt; cat forged.txt >&2; exit 1',
  });

  expect([check, command].map(({ exitCode, outputs, errors }) => [exitCode, outputs['result'], errors.length])).toEqual(
    [
      [1, 'failed', 1],
      [1, 'failed', 1],
    ],
  );
  expect(withoutEntities(check.summary)).toMatch(/<script>alert\(1\)<\/script>/);
  expect(command.log).toMatch(/^in the middle ## \[add-mask\]e$/m);
  for (const run of [check, command]) expectHarmless(run);
});

const NAMES = [
  'line\nbreak.txt',
  '\n::error::forged\n',
  'with space.txt',
  '"quoted".txt',
  "it's.txt",
  'tab\there.txt',
  '-rf',
  '--upload-pack=touch x',
  'caf\u00e9.txt',
  'cafe\u0301.txt',
  '日本語/ファイル 📦.txt',
  '<img src=x onerror=alert(1)>.html',
  '![x](http:evil.example).md',
  '`code` | table **x**.md',
  '::set-output name=result::forged',
  '##[error]forged',
  '$(id);`id`',
  '%41%2f.txt',
  'a#b?c=d&e.txt',
  'a:b*c{d}[e]!(f).txt',
  '\u202egnp.txt',
  ' leading and trailing ',
  '\u001b[31mred.txt',
];

test.concurrent('files may have any name: they arrive byte for byte, and their names have no effect', async () => {
  const contents = ['', 'one\r\ntwo\r', '\ufeffbom', 'no end', '::error::forged\n', 'ü\u0000\n'.slice(0, 1), '\t\n\n'];
  const files = Object.fromEntries(NAMES.map((name, index) => [name, contents[index % contents.length] ?? '']));
  await using lab = await openLab({ ...staticSite('one'), ...files });

  const run = await lab.deploy();
  const again = await lab.deploy();
  lab.workspace.commit(Object.fromEntries(NAMES.map((name) => [name, null])));
  const without = await lab.deploy();

  expect([run, again, without].map(({ errors, outputs }) => [errors, outputs['result']])).toEqual([
    [[], 'deployed'],
    [[], 'unchanged'],
    [[], 'deployed'],
  ]);
  const [last, first] = await lab.space().commits();
  const found = await lab.space().files(first?.id);
  expect(Object.keys(found).sort()).toEqual([...NAMES, ...Object.keys(staticSite('one')), '.gitattributes'].sort());
  for (const [name, content] of Object.entries(files)) {
    expect([name, String(await lab.space().read(name, first?.id))]).toEqual([name, content]);
  }
  expect(Object.keys(await lab.space().files(last?.id)).sort()).toEqual(
    [...Object.keys(staticSite('one')), '.gitattributes'].sort(),
  );
  const { added } = JSON.parse(run.outputs['plan'] ?? '').steps.find(({ kind }: { kind: string }) => kind === 'commit');
  expect(added.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining(NAMES));
  for (const one of [run, again, without]) expectHarmless(one);
});

/** Begins with letters that are in nothing else, and goes on with signs that each encoding writes in its own way. */
const SECRET = `Zq7vK9mX p@ss/w!rd+"<b>&'ü%\\`;
const DATABASE_URL = 'postgresql://me:Yw3tR8nB%40x@db.example.org:5432/app';
const FIRST_LETTERS = /Zq7vK|WnE3dks|Yw3tR/;

/** As others write it: the Web's, Python's two and Java's percent signs, JSON, base64, HTML in the ways of frameworks. */
const quoted = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
const html = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const FORMS = [SECRET, DATABASE_URL].flatMap((secret) => [
  secret,
  encodeURIComponent(secret),
  encodeURI(secret),
  quoted(secret),
  quoted(secret).replaceAll('%2F', '/'),
  quoted(secret).replaceAll('%20', '+'),
  quoted(secret).toLowerCase().replace('zq7vk9mx', 'Zq7vK9mX').replace('yw3tr8nb', 'Yw3tR8nB'),
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(JSON.stringify(secret)).slice(1, -1),
  JSON.stringify(secret).slice(1, -1).replace('ü', '\\u00fc'),
  html(secret).replaceAll("'", '&#x27;'),
  html(secret).replaceAll("'", '&#39;'),
  Buffer.from(secret).toString('base64'),
  Buffer.from(secret).toString('base64url'),
]);
const SECRETS = { 'database-url': DATABASE_URL, secrets: 'API_KEY' };
const WITH_SECRET = { env: { API_KEY: SECRET } };

function expectNoSecret(run: ActionRun) {
  const seen = [run.log, run.summary, withoutEntities(run.summary), JSON.stringify(run.outputs), ...run.errors];
  for (const text of seen) {
    expect(
      text
        .split('\n')
        .filter((line) => FIRST_LETTERS.test(line))
        .map((line) => line.slice(0, 200)),
    ).toEqual([]);
    expect(FORMS.filter((form) => text.includes(form))).toEqual([]);
  }
  expect(run.log).toContain('***');
}

test.concurrent('secrets that an app prints in its answer and its log are masked', async () => {
  const lines = FORMS.flatMap((form) => [`it is ${form}.`, `${'y'.repeat(1_990)} ${form}`]);
  const server = `
for (const line of ${JSON.stringify(lines)}) console.log(line);
${scriptedServer(`(asked, request) => [500, request.url === '/long' ? 'z'.repeat(285) + ' ' + ${JSON.stringify(SECRET)} : ${JSON.stringify(FORMS.join(' '))}]`)}`;
  await using lab = await openLab(dockerApp('1', server));

  const first = await lab.deploy({ ...SECRETS, timeout: '15s', 'on-failure': 'keep' }, WITH_SECRET);
  const cut = await lab.deploy(
    { ...SECRETS, timeout: '2s', 'on-failure': 'keep', 'health-path': '/long' },
    WITH_SECRET,
  );

  expect([first.errors.length, first.outputs['result'], cut.errors.length]).toEqual([1, 'failed', 1]);
  expect(first.log).toMatch(/it is \*\*\*\./);
  expectNoSecret(first);
  expectNoSecret(cut);
});

test.concurrent('secrets that the build prints are masked', async () => {
  await using lab = await openLab(dockerApp('1'), { pace: { buildMs: 4_000 } });
  await using gateway = await startGateway(lab.hub.url, async ({ path }, forward) => {
    if (!path.endsWith('/logs/build')) return forward();
    const header = `===== Build Queued at 2026-04-04 11:56:33 / Commit SHA: ${(await lab.space().head()).slice(0, 7)} =====`;
    const lines = [header, ...FORMS.flatMap((form) => [`it is ${form}.`, `${'y'.repeat(1_990)} ${form}`])];
    const events = lines.map((data) => `data: ${JSON.stringify({ data })}\n\n`);
    return new Response(events.join(''), { headers: { 'content-type': 'text/event-stream' } });
  });

  const run = await lab.deploy({ ...SECRETS, 'hub-url': gateway.url }, WITH_SECRET);

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.log).toMatch(/it is \*\*\*\./);
  expectNoSecret(run);
});

test.concurrent('secrets and tokens that the Hub repeats in an error are masked', async () => {
  await using lab = await openLab(dockerApp('1'));
  await lab.deploy();
  const route = 'POST /api/spaces/:owner/:name/secrets';
  const said = `${FORMS.join(' ; ')} hf_me_write`;
  const refuse = async (then: { body: unknown; headers?: Record<string, string> }) => {
    lab.hub.fault({ route, then: { status: 400, ...then } });
    return lab.deploy(SECRETS, WITH_SECRET);
  };

  const runs = [
    await refuse({ body: { error: said } }),
    await refuse({ body: `${'y'.repeat(490)} ${SECRET}` }),
    await refuse({ body: { errors: FORMS.map((message) => ({ message })) } }),
    await refuse({ body: {}, headers: { 'x-error-message': encodeURIComponent(SECRET) } }),
  ];

  for (const run of runs) {
    expect([run.exitCode, run.errors]).toEqual([
      1,
      [expect.stringMatching(/^The Hub refused to set \w+ among the secrets/)],
    ]);
    expectNoSecret(run);
    expect(run.log).not.toMatch(/hf_me_write/);
  }
});
