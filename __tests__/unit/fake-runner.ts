import { createRedactor } from '../../src/edges/redactor.ts';
import type { Runner } from '../../src/edges/runner.ts';

/** A runner that records everything in order; it trims inputs as @actions/core does. */
export interface FakeRunner extends Runner {
  readonly heard: readonly string[];
}

export function fakeRunner(
  inputs: Readonly<Record<string, string>>,
  env: Readonly<Record<string, string>> = {},
): FakeRunner {
  const heard: string[] = [];
  const redactor = createRedactor();
  const hear = (kind: string) => (text: string) => void heard.push(`${kind} ${redactor.redact(text)}`);
  return {
    heard,
    env,
    input: (name) => (inputs[name] ?? '').trim(),
    mask(secret) {
      redactor.add(secret);
      heard.push(`mask ${secret}`);
    },
    keep: redactor.keep,
    redact: redactor.redact,
    say: hear('say'),
    quote: (lines) => hear('quote')(lines.join('\n')),
    startGroup: hear('group'),
    endGroup: () => void heard.push('end'),
    annotate: (level, message, title) => hear(level)(`${title ?? ''}: ${message}`),
    output: (name, value) => void heard.push(`output ${name}=${value}`),
    summarise: async (markdown) => hear('summary')(markdown),
    comment: async ({ repository, number }, markdown) => hear('comment')(`${repository}#${number} ${markdown}`),
    idToken: async () => undefined,
    fail: () => void heard.push('fail'),
  };
}
