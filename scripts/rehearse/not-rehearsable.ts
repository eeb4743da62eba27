import type { EngineName, NotRehearsable } from '../../emulator/space-runtime.ts';
import type { Screen } from '../../src/edges/screen.ts';

/** The exit code of a rehearsal that this machine cannot do: neither a success nor a failure of the app. */
export const NOT_REHEARSABLE = 3;

/** Why it ended, and what to do. */
export function notRehearsableLines(
  { space, reasons }: NotRehearsable,
  engine: EngineName,
  screen: Screen,
): readonly string[] {
  return [
    '',
    screen.styled('yellow', `! ${space} cannot be rehearsed here. This says nothing about the app.`),
    ...reasons.map((reason) => `  ${reason}`),
    ...(engine === 'process'
      ? [
          '  Fix: install Docker (or Podman), and rehearse with --engine auto: a container engine builds and runs the real image.',
        ]
      : []),
  ];
}
