import { once } from 'node:events';
import type { Hub } from '../../emulator/api.ts';
import type { Screen } from '../../src/edges/screen.ts';
import { output, type Ran } from './deployment.ts';

/** Says where everything is, and returns when the user wants it to end. */
export async function keepUntilStopped(
  hub: Hub,
  token: string,
  runs: readonly Ran[],
  screen: Screen,
  signal: AbortSignal,
) {
  for (const line of directions(hub.url, token, runs)) screen.print(line);
  screen.print('\nCtrl-C ends everything.');
  // A pending promise does not keep a process alive; a server does, but the Hub may have been closed from outside.
  const alive = setInterval(() => undefined, 60_000);
  if (!signal.aborted) await once(signal, 'abort');
  clearInterval(alive);
}

function directions(hubUrl: string, token: string, runs: readonly Ran[]): readonly string[] {
  const bySpace = new Map(runs.map((ran) => [ran.deployment.inputs['space'] ?? '', ran]));
  const [first = 'me/app'] = bySpace.keys();
  return [
    `\nThe local Hub keeps running: ${hubUrl}`,
    ...[...bySpace].flatMap(([space, ran]) => [
      `\n${space}`,
      `  Space  ${output(ran, 'space-url') ?? '–'}`,
      ...appLines(output(ran, 'app-url'), ran.deployment.docsPath),
    ]),
    `
Point a client at it
  hf and Python  export HF_ENDPOINT=${hubUrl} HF_TOKEN=${token} HF_HUB_DISABLE_XET=1
                 hf upload ${first} . . --repo-type space
  git            git clone http://me:${token}@${hubUrl.slice('http://'.length)}/spaces/${first}
  the action     with: { hub-url: ${hubUrl}, token: ${token}, space: ${first} }`,
  ];
}

function appLines(appUrl: string | undefined, docsPath: string | undefined): readonly string[] {
  if (appUrl === undefined) return [];
  return [`  app    ${appUrl}`, ...(docsPath === undefined ? [] : [`  docs   ${appUrl}${docsPath}`])];
}
