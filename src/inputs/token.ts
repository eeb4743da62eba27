import type { Problem } from '../base/failure.ts';
import type { Runner } from '../edges/runner.ts';
import type { Sourced } from './inputs.ts';

/** The Hub token that was given, masked; an absent one means that the job's own identity is exchanged for one. */
export function readToken(runner: Runner, problems: Problem[]): Sourced<string> | undefined {
  const given: readonly Sourced<string>[] = [
    { value: runner.input('token'), from: 'input `token`' },
    { value: runner.env['HF_TOKEN']?.trim() ?? '', from: 'environment variable `HF_TOKEN`' },
  ];
  for (const { value } of given) if (value) runner.mask(value);
  const token = given.find(({ value }) => value !== '');
  if (token && !/^hf_[\x21-\x7e]+$/.test(token.value)) {
    problems.push({
      where: token.from,
      what: 'This is not a Hugging Face token: those begin with hf_ and hold no spaces.',
      fix: 'Make one with write access at https://huggingface.co/settings/tokens and keep it as a GitHub secret.',
    });
  }
  return token;
}

/** GitHub's token for comments on a pull request, masked; undefined when it was taken away on purpose. */
export function readGithubToken(runner: Runner): string | undefined {
  const token = runner.input('github-token');
  if (token === '') return undefined;
  runner.mask(token);
  return token;
}
