import { plainLine } from '../base/plain-line.ts';
import type { LogEvent } from './log-view.ts';
import { createRedactor } from './redactor.ts';
import { type Answer, githubIdToken, type Runner } from './runner.ts';

/** What a runner of a person's own machine is made of. */
export interface Terminal {
  readonly env: Runner['env'];
  /** Inputs by name, as the flags say them. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Shows a part of the log; its texts have no secrets and no control characters. */
  readonly show: (event: LogEvent) => void;
  readonly confirm: (question: string) => Promise<Answer>;
  readonly hasLiveLine: boolean;
  /** Shows where an input comes from, for whoever asks; the text has no secrets. */
  readonly explain?: ((text: string) => void) | undefined;
}

/** A runner that also keeps the outputs: there is no later step to read them. */
export interface TerminalRunner extends Runner {
  readonly outputs: ReadonlyMap<string, string>;
}

/** A person's machine, or another CI system, in place of GitHub's runner: the same log, and no summary beside it. */
export function terminalRunner({ env, inputs, show, confirm, hasLiveLine, explain }: Terminal): TerminalRunner {
  const redactor = createRedactor();
  const outputs = new Map<string, string>();
  const line = (text: string, quoted: boolean) => show({ kind: 'line', text: redactor.redact(text), quoted });
  const mask = (secret: string) => void redactor.add(secret);
  return {
    env,
    outputs,
    mask,
    hasLiveLine,
    redact: redactor.redact,
    input: (name) => (inputs[name] ?? '').trim(),
    say: (text) => line(text, false),
    explain: explain && ((text) => explain(plainLine(redactor.redact(text)))),
    quote: (lines) => {
      for (const text of lines) line(redactor.redactLine(text), true);
    },
    startGroup: (title) => show({ kind: 'group', title: redactor.redact(title) }),
    endGroup: () => show({ kind: 'end-group' }),
    annotate: (level, message, title = '') =>
      show({ kind: 'annotation', level, title: redactor.redact(title), message: redactor.redact(message) }),
    output: (name, value) => void outputs.set(name, value),
    summarise: async () => undefined,
    comment: async () => undefined,
    idToken: (audience) => githubIdToken(env, mask, audience),
    confirm,
    fail: () => undefined,
  };
}
