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
const well = { ok: true, status: 200, message: 'well', excerpt: '', tookMs: 12 };

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
      { kind: 'set-variable', name: 'LOG_LEVEL', from: 'info', to: 'debug', reason: 'its value is another one' },
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
      { what: 'Read the files (0.3 s)', at: 1_300 },
      { what: 'RUNNING_BUILDING: building; the old version serves meanwhile', at: 62_000 },
    ],
    health: [
      { ...well, tookMs: 40 },
      { ...well, excerpt: '{"status":"ok"}' },
    ],
    warnings: ['The Hub drops executable bits: "start.sh". Use `sh start.sh`.'],
  });
  expect(summary({ ...record, stage: 'RUNNING' })).toBe(`## ✅ Deployed <code>acme/app</code>

The pushed commit is the one that runs, and it is healthy.

| | |
|---|---|
| Space | <a href="${URL}"><code>acme/app</code></a> |
| Environment | <code>production</code> |
| App | <a href="https://acme-app.hf.space/"><code>https&#58;//acme-app.hf.space</code></a> |
| Commit | <a href="${URL}/commit/${NEW}"><code>abcdef0</code></a>, before <a href="${URL}/commit/${OLD}"><code>1234567</code></a> |
| Stage | <code>RUNNING</code> |
| Took | 3 m 20 s |

### What changed

- variable <code>TOKEN</code> deleted: TOKEN is a secret from now on, and cannot be both
- variable <code>APP&#95;ENV</code>: <code>production</code>
- variable <code>LOG&#95;LEVEL</code>: <code>info</code> → <code>debug</code>
- secret <code>TOKEN</code>: the Space has none
- new file <code>app.py</code> 812 B
- changed file <code>a&#124;b.md</code> 1.0 kB → 12.3 kB
- deleted file <code>old.py</code> 99 B
- 7 files unchanged
- left alone: <code>THEME</code>, <code>OLD&#95;KEY</code>

### Timeline

| after | |
|--:|---|
| 0.3 s | Read the files (0.3 s) |
| 1 m 1 s | RUNNING&#95;BUILDING: building; the old version serves meanwhile |

### Health

| | status | | took |
|---|---|---|--:|
| ✅ | 200 | well | 40 ms |
| ✅ | 200 | well | 12 ms |

<pre>{"status":"ok"}</pre>

### Worth knowing

- The Hub drops executable bits: &#34;start.sh&#34;. Use <code>sh start.sh</code>.`);
});

test('nothing to do', () => {
  const record = recordOf({
    endedAt: 3_500,
    result: 'unchanged',
    space: SPACE,
    commit: OLD,
    previousCommit: OLD,
    plan: { ...EMPTY_PLAN, unchangedFiles: 1, unmanaged: UNMANAGED },
    health: [well],
  });
  expect(summary(record)).toBe(`## ✅ Unchanged <code>acme/app</code>

The Space already runs exactly this, and it is healthy.

| | |
|---|---|
| Space | <a href="${URL}"><code>acme/app</code></a> |
| Environment | <code>production</code> |
| Commit | <a href="${URL}/commit/${OLD}"><code>1234567</code></a> |
| Took | 2.5 s |

### What changed

- nothing
- 1 file unchanged

### Health

| | status | | took |
|---|---|---|--:|
| ✅ | 200 | well | 12 ms |`);
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

| | |
|---|---|
| Space | <a href="${URL}"><code>acme/app</code></a> |
| Environment | <code>staging</code> |
| Took | 1.0 s |

### What would change

- new private docker Space (there is none; the input <code>visibility</code> says so)
- secret <code>DATABASE&#95;URL</code>: the Space has none
- new file <code>app.py</code> 1 B

### What the app would go through

- built and started anew: the commit`);
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

| | |
|---|---|
| Space | <a href="${URL}"><code>acme/app</code></a> |
| Environment | <code>production</code> |
| Took | 1.0 s |

### What would change

- hardware: <code>cpu-basic</code> → <code>t4-small</code>
- sleeps after: never → 3600 s
- card <code>title</code>: <code>&#34;A&#34;</code> → <code>&#34;&#60;b&#62;&#34;</code>
- card <code>tags</code>: nothing → <code>&#91;&#34;x&#34;&#93;</code>
- card <code>pinned</code>: <code>true</code> → nothing

### What the app would go through

- started anew: the hardware

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

**BUILD&#95;ERROR: the build failed: &#60;img src&#61;x&#62;**

- Where: Space acme/app, commit abcdef0
- Cause: The Dockerfile copies &#34;a&#124;b&#34;.
- Fix: Commit it, or name it in <code>include</code>.

<details open><summary>What it said</summary>

<pre>ERROR: failed to solve
&#60;/pre&#62;&#60;script&#62;</pre>

</details>

| | |
|---|---|
| Space | <a href="${URL}"><code>acme/app</code></a>, created |
| Environment | <code>production</code> |
| App | <code>javascript:alert(1)</code> |
| Commit | <a href="${URL}/commit/${NEW}"><code>abcdef0</code></a> |
| Stage | <code>BUILD&#95;ERROR</code> |
| Took | 30 s |

### What changed

- new public docker Space (there is none)
- visibility: <code>private</code> → <code>public</code>
- secret <code>OLD</code> deleted: no input names it
- restart: its last build failed

### Timeline

| after | |
|--:|---|
| 10 s | BUILD&#95;ERROR: &#60;b&#62;&#124; |

### Health

| | status | | took |
|---|---|---|--:|
| ❌ | no answer | cannot be reached (ECONNREFUSED) | 3 ms |

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

- Where: input <code>space</code>
- Fix: Write owner/name.

**No <code>timeout</code>.**

### What changed

- nothing`);
});

test('an address of the app cannot end its cell', () => {
  const record = recordOf({ result: 'unchanged', space: SPACE, appUrl: 'https://x.example/a|b"><img>' });
  expect(summary(record)).toContain(
    '| App | <a href="https://x.example/a%7Cb%22%3E%3Cimg%3E"><code>https&#58;//x.example/a&#124;b&#34;&#62;&#60;img&#62;</code></a> |\n',
  );
});

test('long lists of files and answers are cut', () => {
  const deleted = Array.from({ length: 202 }, (_, index) => `f${index}`);
  const health = Array.from({ length: 12 }, (_, index) => ({ ...well, tookMs: index }));
  const record = recordOf({
    result: 'deployed',
    done: [{ kind: 'commit', added: [], changed: [], deleted: deleted.map((path) => ({ path, size: 1 })), reason: '' }],
    health,
  });
  expect(summary(record).split('\n')).toEqual([
    '## ✅ Deployed',
    '',
    'The pushed commit is the one that runs, and it is healthy.',
    '',
    '### What changed',
    '',
    ...deleted.slice(0, 200).map((path) => `- deleted file <code>${path}</code> 1 B`),
    '- … and 2 more files',
    '',
    '### Health',
    '',
    '| | status | | took |',
    '|---|---|---|--:|',
    ...[2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map((ms) => `| ✅ | 200 | well | ${ms} ms |`),
  ]);
});
