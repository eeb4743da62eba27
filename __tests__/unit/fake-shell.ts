import type { Shell, ShellCommand, ShellEnd } from '../../src/edges/shell.ts';

/** A shell that starts nothing: it records what it is given, prints these lines and ends like this. */
export function fakeShell(lines: readonly string[] = [], end: ShellEnd = { kind: 'exited', code: 0 }) {
  const commands: ShellCommand[] = [];
  const shell: Shell = async function* (command) {
    commands.push(command);
    if (lines.length > 0) yield lines;
    return end;
  };
  return { shell, commands };
}
