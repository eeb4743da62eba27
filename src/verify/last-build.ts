import type { Session } from '../hub/hub.ts';
import { type LogLine, logLines } from '../hub/logs.ts';
import { isRunning } from '../hub/stages.ts';
import { commitStep, type Plan } from '../plan/plan.ts';
import type { PresentSpace, SpaceState } from '../space/space-state.ts';
import { headOfBuild } from './build-log.ts';

/** Reads in the background how long the build took that runs now; ended once the Space is changed. */
export interface LastBuild {
  /** Milliseconds; undefined where the log does not say, or was not read yet. `commit` is the one that was made. */
  end(commit: string | undefined): number | undefined;
}

/** The build log still holds the last build until the next one begins (hub-contract §15). It costs no waiting. */
export function watchLastBuild(session: Session, space: SpaceState, plan: Plan): LastBuild | undefined {
  if (space.kind === 'missing' || !isWorthAsking(space, plan)) return undefined;
  const stop = new AbortController();
  const lines: LogLine[] = [];
  const signal = AbortSignal.any([session.signal, stop.signal]);
  void (async () => {
    for await (const line of logLines(session, space.id, 'build', signal)) lines.push(line);
  })();
  return {
    end(commit) {
      stop.abort();
      return buildTime(lines, commit);
    },
  };
}

/** A build that failed tells nothing of the next one, and a static Space has none. */
function isWorthAsking({ sdk, runtime }: PresentSpace, plan: Plan): boolean {
  return sdk !== 'static' && isRunning(runtime.stage) && commitStep(plan) !== undefined;
}

/** From the head of the first build in the log to its last line, by the Hub's clock; not of our own commit. Pure. */
export function buildTime(lines: readonly LogLine[], commit: string | undefined): number | undefined {
  const heads = lines.flatMap(({ text }, index) => (headOfBuild(text) === undefined ? [] : [index]));
  const [first = 0, next] = heads;
  const sha = headOfBuild(lines[first]?.text ?? '')?.sha;
  if (heads.length === 0 || (sha !== undefined && commit?.startsWith(sha))) return undefined;
  const times = lines.slice(first, next).flatMap(({ at }) => at ?? []);
  const ms = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return ms > 0 ? ms : undefined;
}
