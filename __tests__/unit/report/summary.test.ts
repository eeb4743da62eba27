import { expect, test } from '@jest/globals';
import { Failure } from '../../../src/base/failure.ts';
import { EMPTY_PLAN } from '../../../src/plan/plan.ts';
import { newRecord, type RunRecord } from '../../../src/report/record.ts';
import { pullRequestComment, summary } from '../../../src/report/summary.ts';
import { sizedFile } from '../files.ts';

const NEW = 'abcdef0123456789abcdef0123456789abcdef01';
const OLD = '1234567890abcdef1234567890abcdef12345678';
const URL = 'https://huggingface.co/spaces/acme/app';
const SPACE = { id: 'acme/app', url: URL, environment: 'production' };
const UNMANAGED = { variables: [], secrets: [] };

const recordOf = (values: Partial<RunRecord>): RunRecord => ({ ...newRecord(1_000), ...values });
/** A bar of the timeline: characters before, in and after it. */
const bar = (before: number, length: number, after: number) =>
  `${'\u00a0'.repeat(before)}${'█'.repeat(length)}${'\u00a0'.repeat(after)}`;
const healthy = { ok: true, status: 200, message: 'well', excerpt: '', tookMs: 12 };

test('a deployment that succeeded', () => {
  const record = recordOf({
    endedAt: 201_000,
    result: 'deployed',
    space: SPACE,
    appUrl: 'https://acme-app.hf.space',
    commit: NEW,
    previousCommit: OLD,
    plan: { ...EMPTY_PLAN, unchangedFiles: 7, unmanaged: { variables: ['THEME'], secrets: ['OLD_KEY'] } },
    done: [
      {
        kind: 'delete-variable',
        name: 'TOKEN',
        from: 'x',
        reason: 'TOKEN is a secret from now on, and cannot be both',
      },
      { kind: 'set-variable', name: 'APP_ENV', to: 'production', reason: 'the Space has none' },
      { kind: 'set-variable', name: 'LOG_LEVEL', from: 'info', to: 'x'.repeat(121), reason: 'its value differs' },
      { kind: 'set-secret', name: 'TOKEN', standing: 'new', reason: 'the Space has none' },
      {
        kind: 'commit',
        parent: OLD,
        added: [sizedFile('app.py', 812)],
        changed: [{ ...sizedFile('a|b.md', 12_345), was: 1_000 }],
        deleted: [{ path: 'old.py', size: 99 }],
        reason: '',
      },
    ],
    timeline: [
      { what: 'Read the files', at: 1_000, tookMs: 300 },
      { what: 'Apply', at: 51_000, tookMs: 10_000 },
      { what: '`RUNNING_BUILDING` building; the old version serves meanwhile', at: 62_000 },
    ],
    health: [
      { ...healthy, tookMs: 40 },
      { ...healthy, excerpt: '{"status":"ok"}' },
    ],
    warnings: ['The Hub drops executable bits: "start.sh". Use `sh start.sh`.'],
  });
  expect(summary({ ...record, stage: 'RUNNING' })).toBe(`## ✅ Deployed <code>acme/app</code>

The pushed commit is the one that runs, and it is healthy.

| Space | <a href="${URL}"><code>acme/app</code></a> |
|:--|:--|
| Environment | <code>production</code> |
| App | <a href="https://acme-app.hf.space/"><code>https&#58;//acme-app.hf.space</code></a> |
| Commit | <a href="${URL}/commit/${NEW}"><code>abcdef0</code></a>, after <a href="${URL}/commit/${OLD}"><code>1234567</code></a> |
| Stage | <code>RUNNING</code> |
| Took | 3m 20s |

### What changed

- variable <code>TOKEN</code> deleted: TOKEN is a secret from now on, and cannot be both
- variable <code>APP_ENV</code>: <code>production</code>
- variable <code>LOG_LEVEL</code>: <code>info</code> → <code>${'x'.repeat(120)} …</code>
- secret <code>TOKEN</code>: the Space has none
- new file <code>app.py</code> 812 B
- changed file <code>a&#124;b.md</code> 1 kB → 12.3 kB
- deleted file <code>old.py</code> 99 B
- 7 files unchanged
- left alone: <code>THEME</code>, <code>OLD_KEY</code>

### Timeline

| Took | What |
|:--|:--|
| <code>${bar(3, 1, 8)}</code> 10s | Apply |
| <code>${bar(3, 9, 0)}</code> 2m 19s | <code>RUNNING_BUILDING</code> building; the old version serves meanwhile |

### Health

✅ 200, 2 good answers, the last in 12ms

<details><summary>The last answer</summary>

<pre>{"status":"ok"}</pre>

</details>

### Worth knowing

- The Hub drops executable bits: "start.sh". Use <code>sh start.sh</code>.`);
});

test('nothing to do', () => {
  const record = recordOf({
    endedAt: 3_500,
    result: 'unchanged',
    space: SPACE,
    commit: OLD,
    previousCommit: OLD,
    plan: { ...EMPTY_PLAN, unchangedFiles: 1, unmanaged: UNMANAGED },
    health: [healthy],
  });
  expect(summary(record)).toBe(`## ✅ Unchanged <code>acme/app</code>

The Space already runs exactly this, and it is healthy.

| Space | <a href="${URL}"><code>acme/app</code></a> |
|:--|:--|
| Environment | <code>production</code> |
| Commit | <a href="${URL}/commit/${OLD}"><code>1234567</code></a> |
| Took | 2.5s |

### What changed

- nothing
- 1 file unchanged

### Health

✅ 200, 1 good answer, the last in 12ms`);
});

test('a plan', () => {
  const record = recordOf({
    endedAt: 2_000,
    result: 'planned',
    space: { ...SPACE, environment: 'staging' },
    mode: 'plan',
    plan: {
      ...EMPTY_PLAN,
      steps: [
        {
          kind: 'create',
          sdk: 'docker',
          visibility: 'private',
          reason: 'there is none; the input `visibility` says so',
        },
        { kind: 'set-secret', name: 'DATABASE_URL', standing: 'new', reason: 'the Space has none' },
        { kind: 'commit', added: [sizedFile('app.py', 1)], changed: [], deleted: [], reason: '' },
      ],
      restarts: [{ kind: 'build', because: 'the commit' }],
    },
  });
  expect(summary(record)).toBe(`## 📋 Plan for <code>acme/app</code>

Nothing was changed.

| Space | <a href="${URL}"><code>acme/app</code></a> |
|:--|:--|
| Environment | <code>staging</code> |
| Took | 1s |

### What would change

- new private docker Space (there is none; the input <code>visibility</code> says so)
- secret <code>DATABASE_URL</code>: the Space has none
- new file <code>app.py</code> 1 B

### What the app would go through

- rebuilt and restarted: the commit`);
});

test('a plan that finds edits of others, as the comment on a pull request', () => {
  const record = recordOf({
    endedAt: 2_000,
    mode: 'plan',
    result: 'planned',
    runUrl: 'https://github.com/acme/app/actions/runs/1',
    space: SPACE,
    timeline: [{ what: 'Plan', at: 1_500 }],
    plan: {
      ...EMPTY_PLAN,
      steps: [
        { kind: 'set-hardware', from: 'cpu-basic', to: 't4-small', reason: 'the input says so' },
        { kind: 'set-sleep-time', from: -1, to: 3_600, reason: 'the input says so' },
      ],
      card: [
        { key: 'title', from: 'A', to: '<b>' },
        { key: 'tags', to: ['x'] },
        { key: 'pinned', from: true },
      ],
      restarts: [{ kind: 'start', because: 'the hardware' }],
      edits: {
        since: OLD,
        commits: [
          { id: NEW, title: 'Fix [it](http://evil.example)', message: '', author: 'ada' },
          { id: OLD, title: 'Again', message: '' },
        ],
        files: [
          { path: 'app.py', edit: 'changed' },
          { path: '|x|', edit: 'added' },
        ],
      },
    },
    warnings: ['`t4-small` costs money.'],
  });
  expect(pullRequestComment(record)).toBe(`<!-- spaceport acme/app -->

## 📋 Plan for <code>acme/app</code>

Nothing was changed.

Space <a href="${URL}"><code>acme/app</code></a> · Environment <code>production</code> · Took 1s

### What would change

- hardware: <code>cpu-basic</code> → <code>t4-small</code>
- sleeps after: never → 3600 s
- card <code>title</code>: <code>"A"</code> → <code>"&#60;b&#62;"</code>
- card <code>tags</code>: nothing → <code>&#91;"x"&#93;</code>
- card <code>pinned</code>: <code>true</code> → nothing

### What the app would go through

- restarted: the hardware

### By hand since the last deployment

- commit <code>abcdef0</code> of <code>ada</code>: Fix &#91;it&#93;(http://evil.example)
- commit <code>1234567</code>: Again
- changed file <code>app.py</code>
- added file <code>&#124;x&#124;</code>

### Worth knowing

- <code>t4-small</code> costs money.

From <a href="https://github.com/acme/app/actions/runs/1">this run</a>; the next one edits this comment.`);
});

test('a failure of the app, which tries to write into the page', () => {
  const record = recordOf({
    endedAt: 31_000,
    result: 'failed',
    space: SPACE,
    appUrl: 'javascript:alert(1)',
    commit: NEW,
    created: true,
    done: [
      { kind: 'create', sdk: 'docker', visibility: 'public', reason: 'there is none' },
      { kind: 'set-visibility', from: 'private', to: 'public', reason: 'the input says so' },
      { kind: 'delete-secret', name: 'OLD', reason: 'no input names it' },
      { kind: 'restart', factory: true, ends: 'sleep', reason: 'its last build failed' },
    ],
    timeline: [{ what: 'BUILD_ERROR: <b>|', at: 11_000 }],
    health: [{ ok: false, message: 'cannot be reached (ECONNREFUSED)', excerpt: '</pre>\n::error::x', tookMs: 3 }],
    warnings: ['[click](https://evil.example)'],
    failure: new Failure('build', {
      what: 'BUILD_ERROR: the build failed: <img src=x>',
      where: 'Space acme/app, commit abcdef0',
      cause: 'The Dockerfile copies "a|b".',
      fix: 'Commit it, or name it in `include`.',
      evidence: ['ERROR: failed to solve', '</pre><script>'],
    }),
  });
  expect(summary({ ...record, stage: 'BUILD_ERROR' })).toBe(`## ❌ The new version was not built: <code>acme/app</code>

**BUILD_ERROR: the build failed: &#60;img src=x&#62;**

- **Where:** Space acme/app, commit abcdef0
- **Cause:** The Dockerfile copies "a&#124;b".
- **Fix:** Commit it, or name it in <code>include</code>.

<details open><summary>The lines that show it</summary>

<pre>ERROR: failed to solve
&#60;/pre&#62;&#60;script&#62;</pre>

</details>

| Space | <a href="${URL}"><code>acme/app</code></a>, created |
|:--|:--|
| Environment | <code>production</code> |
| App | <code>javascript:alert(1)</code> |
| Commit | <a href="${URL}/commit/${NEW}"><code>abcdef0</code></a> |
| Stage | <code>BUILD_ERROR</code> |
| Took | 30s |

### What changed

- new public docker Space (there is none)
- visibility: <code>private</code> → <code>public</code>
- secret <code>OLD</code> deleted: no input names it
- restart: its last build failed

### Timeline

| Took | What |
|:--|:--|
| <code>${bar(4, 8, 0)}</code> 20s | BUILD_ERROR: &#60;b&#62;&#124; |

### Health

| | Status | Answer | Times |
|:--|:--|:--|--:|
| ❌ | none | cannot be reached (ECONNREFUSED) | 1 |

<pre>&#60;/pre&#62;
: :error::x</pre>

### Worth knowing

- &#91;click&#93;(https://evil.example)`);
});

test('a failure before anything was known, of several problems', () => {
  const record = recordOf({
    endedAt: 1_100,
    result: 'failed',
    failure: new Failure('inputs', [
      { where: 'input `space`', what: 'No Space is named.', fix: 'Write owner/name.' },
      { what: 'No `timeout`.' },
    ]),
  });
  expect(summary(record)).toBe(`## ❌ Nothing was deployed: the inputs are not right

**No Space is named.**

- **Where:** input <code>space</code>
- **Fix:** Write owner/name.

**No <code>timeout</code>.**

### What changed

- nothing`);
});

test('an address of the app cannot end its cell', () => {
  const record = recordOf({ result: 'unchanged', space: SPACE, appUrl: 'https://x.example/a|b"><img>' });
  expect(summary(record)).toContain(
    '| App | <a href="https://x.example/a%7Cb%22%3E%3Cimg%3E"><code>https&#58;//x.example/a&#124;b"&#62;&#60;img&#62;</code></a> |\n',
  );
});

test('many files are one line of counts, with the list folded and cut', () => {
  const deleted = Array.from({ length: 202 }, (_, index) => ({ path: `f${index}`, size: 1 }));
  const record = recordOf({
    result: 'deployed',
    done: [{ kind: 'commit', added: [], changed: [], deleted, reason: '' }],
    plan: { ...EMPTY_PLAN, unchangedFiles: 7 },
  });
  expect(summary(record).split('\n')).toEqual([
    '## ✅ Deployed',
    '',
    'The pushed commit is the one that runs, and it is healthy.',
    '',
    '### What changed',
    '',
    '- 202 deleted files (202 B)',
    '- 7 files unchanged',
    '',
    '<details><summary>The 202 files</summary>',
    '',
    ...deleted.slice(0, 40).map(({ path }) => `- deleted file <code>${path}</code> 1 B`),
    '- … and 162 more',
    '',
    '</details>',
  ]);
});

test('answers of the app that say the same are one row; of many rows the newest are shown', () => {
  const starting = { ...healthy, ok: false, status: 503, message: 'answers 503' };
  const health = [
    ...Array.from({ length: 12 }, (_, index) => ({ ...healthy, ok: false, status: 400 + index, message: 'answers' })),
    ...Array.from({ length: 5 }, () => starting),
    healthy,
    { ...starting, excerpt: '{"ready":false}' },
  ];
  expect(summary(recordOf({ health })).split('### Health\n\n')[1]).toBe(`| | Status | Answer | Times |
|:--|:--|:--|--:|
${[405, 406, 407, 408, 409, 410, 411].map((status) => `| ❌ | ${status} | answers | 1 |`).join('\n')}
| ❌ | 503 | answers 503 | 5 |
| ✅ | 200 | well | 1 |
| ❌ | 503 | answers 503 | 1 |

<pre>{"ready":false}</pre>`);
});

test.each([
  ['one second of a long run is told', 1_000, 600_000, ['1s Apply', '9m 59s RUNNING']],
  ['less of a long run is not', 900, 600_000, ['9m 59s RUNNING']],
  ['a part of a short run that shows is told', 40, 1_000, ['0ms Apply', '1s RUNNING']],
  ['nothing that took no time is', 0, 1_000, ['1s RUNNING']],
])('the timeline: %s', (_, tookMs, totalMs, expected) => {
  const timeline = [
    { what: 'Apply', at: 0, tookMs },
    { what: 'RUNNING', at: tookMs },
  ];
  const shown = summary({ ...newRecord(0), endedAt: totalMs, timeline });
  expect(
    [...shown.matchAll(/<\/code> (\S+(?: \d+s)?) \| (\w+) \|/g)].map(([, took, what]) => `${took} ${what}`),
  ).toEqual(expected);
});

test("the Hub's own words are cut where they are long, and stay one line", () => {
  const what = `RUNTIME_ERROR: Reason:\n    at require (${'x'.repeat(300)})`;
  const record = recordOf({ failure: new Failure('start', { what }) });
  expect(summary(record)).toContain(`**RUNTIME_ERROR: Reason: at require (${'x'.repeat(205)} …**`);
});

test('the comment has the lines that show a failure folded, and neither timeline nor health', () => {
  const record = recordOf({
    result: 'rolled-back',
    space: SPACE,
    rolledBack: true,
    commit: NEW,
    health: [healthy],
    timeline: [{ what: 'Apply', at: 1_000, tookMs: 5_000 }],
    failure: new Failure('start', { what: 'It ended.', evidence: ['bye'] }),
  });
  expect(pullRequestComment(record)).toBe(`<!-- spaceport acme/app -->

## ↩️ Rolled back <code>acme/app</code>

The new version failed; the previous one runs again.

**It ended.**

<details><summary>The lines that show it</summary>

<pre>bye</pre>

</details>

Space <a href="${URL}"><code>acme/app</code></a> · Environment <code>production</code> · Commit <a href="${URL}/commit/${NEW}"><code>abcdef0</code></a>

### What the new version changed

- nothing`);
});

test('directories of many files are summed up, the largest first, without what all paths share', () => {
  const files = (directory: string, count: number, size: number) =>
    Array.from({ length: count }, (_, index) => sizedFile(`app/${directory}f${index}.py`, size));
  const record = recordOf({
    done: [
      {
        kind: 'commit',
        added: [...files('', 2, 10), ...files('src/', 30, 1_000), ...files('assets/images/', 12, 100_000)],
        changed: [{ ...sizedFile('app/src/main.py', 20), was: 10 }],
        deleted: [{ path: 'app/old.py', size: 5 }],
        reason: '',
      },
    ],
  });
  const listed = summary(record)
    .split('\n')
    .filter((line) => line.startsWith('- '));
  expect(listed).toEqual([
    '- 44 new files (1.23 MB), 1 changed file (20 B), 1 deleted file (5 B)',
    '- new in <code>app/assets/</code>: 12 files, 1.2 MB',
    '- new in <code>app/src/</code>: 30 files, 30 kB',
    '- changed file <code>app/src/main.py</code> 10 B → 20 B',
    '- new file <code>app/f0.py</code> 10 B',
    '- new file <code>app/f1.py</code> 10 B',
    '- deleted file <code>app/old.py</code> 5 B',
  ]);
});

test.each([
  ['deployed', 'same-build', /The Hub has not built this commit: .* differs from it in nothing that matters/],
  ['deployed', 'word-of-the-hub', /The Hub says that the pushed commit runs\. The app could not be asked/],
  ['unchanged', 'word-of-the-hub', /already has exactly this\. The app could not be asked/],
] as const)('%s by %s: the headline says no more than what was proven', (result, proof, said) => {
  const page = summary(recordOf({ result, proof }));
  expect(page).toMatch(said);
  expect(page).not.toMatch(/is the one that runs/);
});
