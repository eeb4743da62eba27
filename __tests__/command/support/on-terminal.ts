import pty from '@lydell/node-pty';
import { quickNode } from '../../scenarios/support/quick-node.ts';
import { bareEnvironment, commandFile } from './run-command.ts';

/** What a person sees on a terminal of 100 columns, and what they type. */
export interface TerminalRun {
  readonly exitCode: number;
  /** Everything that was written, with its control sequences. */
  readonly raw: string;
  /** The lines that stay: without colours, and without the line that changes. */
  readonly lines: readonly string[];
}

export interface TerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with all that was written so far, whenever there is more; what it returns is typed. */
  readonly answer?: (seen: string) => string | undefined;
}

/** Runs the built command on a pseudo-terminal. */
export function runOnTerminal(
  args: readonly string[],
  { cwd, env = {}, answer }: TerminalOptions,
): Promise<TerminalRun> {
  const terminal = pty.spawn(process.execPath, [...quickNode(), commandFile(), ...args], {
    cols: 100,
    rows: 40,
    cwd,
    env: { ...bareEnvironment(cwd), TERM: 'xterm-256color', ...env },
  });
  let raw = '';
  terminal.onData((data) => {
    raw += data;
    const typed = answer?.(raw);
    if (typed !== undefined) terminal.write(typed);
  });
  return new Promise((resolve) => {
    terminal.onExit(({ exitCode }) => resolve({ exitCode, raw, lines: linesIn(raw) }));
  });
}

/** Types a text once, as soon as the person has seen something. */
export function typeOnce(when: RegExp, text: string): (seen: string) => string | undefined {
  let isTyped = false;
  return (seen) => {
    if (isTyped || !when.test(seen)) return undefined;
    isTyped = true;
    return text;
  };
}

/** A line that is erased was not there: `\r` and the sequence that erases a line begin it again. */
function linesIn(raw: string): readonly string[] {
  return (
    raw
      .split('\r\n')
      .map((line) => line.split('\r\u001b[2K').at(-1) ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is removed
      .map((line) => line.replaceAll(/\u001b\[[\d;?]*[A-Za-z]/g, '').trimEnd())
  );
}
