import type { Failure } from '../base/failure.ts';
import { failedCommand, sentenceOf } from './check-failures.ts';
import type { CheckCommand } from './checks.ts';
import type { VerifyEvent } from './events.ts';
import type { Follower } from './follower.ts';

const TAIL = 40;

/** Runs the command of the person, within the time of the deployment. Gives the failure where it does not succeed. */
export async function* checkCommand(
  { session, target }: Follower,
  { tokens, ...command }: CheckCommand,
): AsyncGenerator<VerifyEvent, Failure | undefined> {
  const { shell, clock, signal, hub, redact } = session;
  const begunAt = clock.now();
  const leftMs = Math.max(target.deadline - begunAt, 0);
  const withheld = hub.token === undefined ? tokens : [...tokens, hub.token];
  const running = shell({ ...command, tokens: withheld, deadlineMs: leftMs, signal });
  let tail: string[] = [];
  for (;;) {
    const { done, value } = await running.next();
    if (!done) {
      const lines = value.map(redact);
      tail = [...tail, ...lines].slice(-TAIL);
      yield { kind: 'command-output', lines };
      continue;
    }
    const ok = value.kind === 'exited' && value.code === 0;
    yield { kind: 'command-ended', ok, sentence: sentenceOf(value), tookMs: clock.now() - begunAt };
    return ok ? undefined : failedCommand(target, value, tail);
  }
}
