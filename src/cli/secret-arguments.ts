import { credentialIn } from '../inputs/credentials.ts';

/** Flags that people expect, and whose values everybody on the machine could read. Each with the way that is safe. */
const SECRET_FLAGS: Readonly<Record<string, string>> = {
  token: 'Log in with `hf auth login`, set HF_TOKEN, or name a file that has the token with --token-file.',
  'hf-token': 'Log in with `hf auth login`, set HF_TOKEN, or name a file that has the token with --token-file.',
  'database-url': 'Set DATABASE_URL in the environment, and give --secrets DATABASE_URL.',
  'github-token': 'The command line writes no comments, so it needs no token of GitHub.',
};

/**
 * Says what is wrong when an argument is a secret, or may be one; undefined when none is. Other users of the machine see
 * the arguments of every process, and the shell keeps them in its history. What was given is never repeated.
 */
export function findSecretArgument(args: readonly string[]): string | undefined {
  for (const [index, arg] of args.entries()) {
    const [, flag, value] = /^--([\w-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    const fix = flag === undefined ? undefined : SECRET_FLAGS[flag];
    if (fix !== undefined) return refusal(`--${flag} is not a flag: a secret must not be an argument.`, fix);
    if (flag === 'secrets' && /=/.test(value ?? args[index + 1] ?? '')) return refusal(VALUE_GIVEN, GIVE_NAME);
    if (isToken(value ?? arg) || credentialIn(arg) !== undefined) {
      return refusal(
        `${flag === undefined ? `Argument ${index + 1}` : `The value of --${flag}`} looks like a secret.`,
        SECRET_FLAGS['token'] ?? '',
      );
    }
  }
  return undefined;
}

const VALUE_GIVEN = 'The value of a secret must not be an argument.';
const GIVE_NAME = 'Give only its name, as in --secrets API_KEY, and set API_KEY in the environment.';

/** Also one that is too short to be real: whoever writes it means a token. */
function isToken(text: string): boolean {
  return /^hf_\w{4,}$/.test(text.trim());
}

function refusal(what: string, fix: string): string {
  return `${what}\nCause: Everybody on this machine can see the arguments of a program, and the shell keeps them in its history.\nFix: ${fix}`;
}
