import { dockerApp, scriptedServer } from '../../scenarios/support/apps.ts';
import { startGithub } from '../../scenarios/support/github.ts';
import { type Lab, openLab } from '../../scenarios/support/lab.ts';
import type { Place } from './github-page.ts';

/** What a person sees on GitHub after a run. */
export interface PageStory {
  readonly name: string;
  readonly place: Place;
  readonly markdown: string;
}

const TOKEN = 'ghs_0123456789abcdef';

/** An app of many files, so that its list is folded. */
const APP: Readonly<Record<string, string>> = {
  ...dockerApp('1'),
  ...filesIn('model/', 12, 40_000),
  ...filesIn('templates/pages/', 18, 1_200),
  ...filesIn('static/images/', 9, 9_000),
  'package.json': '{ "private": true, "type": "commonjs" }\n',
};

/** Ends as an app in Python does whose requirements.txt lacks a package. */
const FAILS = `console.error(\`Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    import pandas as pd
ModuleNotFoundError: No module named 'pandas'\`);
process.exit(1);
`;

function filesIn(directory: string, count: number, bytes: number): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${directory}part-${index + 1}.txt`, `${'x'.repeat(bytes - 1)}\n`]),
  );
}

/** A first deployment, a plan as summary and as comment, and a rolled-back one: real runs. */
export async function usualStories(pace: { buildMs: number; startMs: number }): Promise<readonly PageStory[]> {
  await using lab = await openLab(APP, { pace });
  await using github = await startGithub(7);
  const inputs = {
    environment: 'production',
    visibility: 'public',
    variables: 'LOG_LEVEL=info\nMODEL_NAME=lead-scorer-2',
    secrets: 'API_KEY',
  };
  const env = { API_KEY: 'k3y-of-the-story-0123456789' };

  const green = await lab.deploy(inputs, { env });
  lab.workspace.commit({
    'server.js': FAILS,
    'model/part-1.txt': 'y\n',
  });
  const plan = await lab.deploy(
    { ...inputs, variables: 'LOG_LEVEL=debug', mode: 'plan', 'github-token': TOKEN },
    { env: { ...env, ...github.env } },
  );
  const red = await lab.deploy({ ...inputs, variables: 'LOG_LEVEL=debug' }, { env });
  const comment = github.comments[0]?.body ?? '';
  return [
    { name: 'green', place: 'summary', markdown: green.summary },
    { name: 'red', place: 'summary', markdown: red.summary },
    { name: 'plan', place: 'summary', markdown: plan.summary },
    { name: 'plan-comment', place: 'comment', markdown: comment },
  ].map((story) => ({ ...story, markdown: asOnTheHub(story.markdown, lab) }) as PageStory);
}

/** Where the links of others lead. */
export const HOSTILE_LINKS = /evil/;
const HOSTILE = [
  '<script>alert(1)</script><img src=x onerror=alert(1)></pre></details><a href="http://evil.example">here</a>',
  '![x](http://evil.example/x.png) [x](http://evil.example) `x` **x** | x | <http://evil.example>',
  'http://evil.example www.evil.example @evil #1 $x$ :evil:',
  `${'a-word-without-an-end'.repeat(60)}`,
];

/** A deployment of files whose names are markup, and an app that answers and logs markup until the time is over. */
export async function hostileStory(): Promise<PageStory> {
  const server = `
for (const line of ${JSON.stringify(HOSTILE)}) console.log(line);
${scriptedServer(`() => [503, ${JSON.stringify(HOSTILE.join('\n'))}, { 'content-type': 'text/html' }]`)}`;
  await using lab = await openLab({
    ...dockerApp('1', server),
    '<img src=x onerror=alert(1)>.html': '',
    '![x](http:evil.example).md': '',
    '`code` | table **x**.md': '',
    [`${'long-directory/'.repeat(12)}${'x'.repeat(200)}.txt`]: 'x',
  });
  const run = await lab.deploy({
    timeout: '4s',
    'on-failure': 'keep',
    variables: `LONG=${'https://example.org/'.repeat(40)}\nMARKUP=${HOSTILE[0]}`,
  });
  return { name: 'hostile', place: 'summary', markdown: run.summary };
}

/** With the addresses that they have for people. */
function asOnTheHub(markdown: string, { hub, space }: Lab): string {
  const app = space().runtime.appUrl ?? '';
  return markdown
    .replaceAll(app.replace('://', '&#58;//'), 'https&#58;//me-app.hf.space')
    .replaceAll(app, 'https://me-app.hf.space')
    .replaceAll(hub.url, 'https://huggingface.co');
}
