import { isCancel, confirm as prompt } from '@clack/prompts';
import type { Answer } from './runner.ts';

/** Asks on the terminal; Ctrl-C is a no. */
export async function ask(question: string): Promise<Answer> {
  const answer = await prompt({ message: question, initialValue: false });
  return isCancel(answer) || !answer ? 'no' : 'yes';
}
