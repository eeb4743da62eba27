import { bad, good, type Parsed, type Sourced } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';

/** The Hub token; an absent one means that the job's own identity is exchanged for one. */
export function parseToken(text: string, { env }: RawInputs): Parsed<Sourced<string> | undefined> {
  const given: readonly Sourced<string>[] = [
    { value: text, from: 'input `token`' },
    { value: tokenOf(env), from: 'environment variable `HF_TOKEN`' },
  ];
  const token = given.find(({ value }) => value !== '');
  return token === undefined || /^hf_[\x21-\x7e]+$/.test(token.value)
    ? good(token)
    : bad({
        where: token.from,
        what: 'This is not a Hugging Face token: those begin with hf_ and contain no spaces.',
        fix: 'Create one with write access at https://huggingface.co/settings/tokens and store it as a GitHub secret.',
      });
}

/** Both tokens that may be given: the one that is not used is a secret, too. */
export function givenTokens(text: string, { env }: RawInputs): readonly string[] {
  return [text, tokenOf(env)];
}

function tokenOf(env: RawInputs['env']): string {
  return env['HF_TOKEN']?.trim() ?? '';
}
