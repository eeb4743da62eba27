import type { ChildProcess } from 'node:child_process';
import type { Lab } from './lab.ts';

export const CRASHES = "throw new Error('no');";
/** A run as GitHub names it; its second attempt is a re-run. All of them use the cheap hash, since they set many secrets. */
export const RUN = { GITHUB_REPOSITORY: 'me/repo', GITHUB_RUN_ID: '100' };
export const RERUN = { ...RUN, GITHUB_RUN_ATTEMPT: '2' };
export const EARLIER_RUN = { ...RUN, GITHUB_RUN_ID: '99' };

/** Everything of a Space that a rollback must restore. */
export async function stateOf(lab: Lab) {
  const { variables, secrets, runtime } = lab.space();
  return {
    files: await lab.space().files(),
    variables: Object.fromEntries(Object.entries(variables).map(([name, { value }]) => [name, value])),
    secrets: Object.keys(secrets).sort(),
    app: await (await fetch(`${runtime.appUrl}/health`)).json(),
  };
}

/** Ends the process as soon as something is true of the local Hub; for `onStart`. */
export function killedWhen(isSo: () => boolean | Promise<boolean>, signal: NodeJS.Signals = 'SIGKILL') {
  return (child: ChildProcess) => {
    const look = async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      if (await isSo()) child.kill(signal);
      else setTimeout(look, 10);
    };
    void look();
  };
}

/** Title of the newest commit; empty while there is no such Space. */
export async function newestTitle(lab: Lab): Promise<string> {
  const commits = await lab.hub.space('me/app')?.commits();
  return commits?.[0]?.title ?? '';
}
