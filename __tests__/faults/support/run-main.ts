import type { Clock } from '../../../src/edges/clock.ts';
import { proxiedFetch } from '../../../src/edges/fetch.ts';
import { makeHashQuick } from '../../scenarios/support/quick-hash.ts';
import { fakeRunner } from '../../unit/fake-runner.ts';
import { fakeShell } from '../../unit/fake-shell.ts';
import { scaledClock } from './scaled-clock.ts';

const restoreHash = makeHashQuick();
const { main } = await import('../../../src/main.ts');
await restoreHash();

const systemFetch = proxiedFetch();

/** One deployment in this process: what it printed, and how it ended. */
export interface MainRun {
  readonly result: string | undefined;
  readonly failed: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** Texts of the error annotations. */
  readonly errors: readonly string[];
  readonly heard: readonly string[];
  readonly summary: string;
}

export interface MainOptions {
  readonly inputs: Readonly<Record<string, string>>;
  readonly directory: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly fetch?: typeof systemFetch;
  readonly clock?: Clock;
}

export { systemFetch };

/** Runs the action as a function with a fast clock and the real network; outside of git, so that all files are deployed. */
export async function runMain(options: MainOptions): Promise<MainRun> {
  const { inputs, directory, env, fetch, clock } = options;
  const runner = fakeRunner(inputs, { GITHUB_WORKSPACE: directory, ...env });
  await main({
    runner,
    fetch: fetch ?? systemFetch,
    git: async () => ({ ok: false, said: ['there is none'] }),
    clock: clock ?? scaledClock('real'),
    shell: fakeShell().shell,
    signal: new AbortController().signal,
  });
  const told = (kind: string) =>
    runner.heard.filter((each) => each.startsWith(`${kind} `)).map((each) => each.slice(kind.length + 1));
  const outputs = Object.fromEntries(
    told('output').map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)]),
  );
  return {
    result: outputs['result'],
    failed: runner.heard.includes('fail'),
    outputs,
    errors: told('error'),
    heard: runner.heard,
    summary: told('summary').join('\n'),
  };
}
