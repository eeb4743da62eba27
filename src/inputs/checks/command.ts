import type { Problem } from '../../base/failure.ts';
import { credentialIn, credentialsIn } from '../credentials.ts';
import { needsSource } from '../modes.ts';
import type { RawInputs } from '../raw-inputs.ts';
import type { RunContext } from '../run-context.ts';
import { looksSecret } from '../settings-warnings.ts';

/** A password of a person is shorter than a key, and GitHub masks it in its log alone, not in a comment. */
const SHORTEST_PASSWORD = 8;

/**
 * What a command could print that nobody else may read: what looks like a secret in the environment of the step, which it
 * gets, and in its own text.
 */
export function secretsOfCommand(text: string, { env }: Pick<RawInputs, 'env'>): readonly string[] {
  if (text === '') return [];
  const inherited = Object.entries(env).flatMap(([name, value = '']) =>
    looksSecret(name, value, SHORTEST_PASSWORD) ? [value] : [],
  );
  return [...inherited, ...(credentialIn(text) === undefined ? [] : credentialsIn(text).map((each) => each.text))];
}

/**
 * Refuses a command where a stranger may have started the run, and nothing shows that the files which it may run are not
 * the stranger's: what reads the source refuses the files of a stranger itself.
 */
export function strangersCommand(
  { checkCommand, mode }: { readonly checkCommand?: string | undefined; readonly mode?: string | undefined },
  { untrusted }: RunContext,
): readonly Problem[] {
  if (checkCommand === undefined || untrusted === undefined || needsSource(mode)) return [];
  return [
    {
      where: 'input `check-command`',
      what: `The event is ${untrusted.event}, and the command may run code of a stranger.`,
      cause: 'It has the environment of this step, with its secrets.',
      fix: 'Leave `check-command` out here; `checks` run no code.',
    },
  ];
}
