import { confirm, isCancel, select, text } from '@clack/prompts';
import type { Answer } from './runner.ts';

/** Questions to the person at a terminal. Ctrl-C is no answer. */
export interface Ask {
  /** No is the default. */
  confirm(question: string): Promise<Answer>;
  /** `wrongWith` says what is wrong with an answer, which is then asked for again. */
  text(question: string, wrongWith: (answer: string) => string | undefined): Promise<string | undefined>;
  choose(question: string, choices: readonly string[]): Promise<string | undefined>;
}

/** The questions, with the answers of whoever sits there. */
export const askOnTerminal: Ask = {
  async confirm(question) {
    const answer = await confirm({ message: question, initialValue: false });
    return isCancel(answer) || !answer ? 'no' : 'yes';
  },
  async text(question, wrongWith) {
    const answer = await text({ message: question, validate: (given) => wrongWith(given?.trim() ?? '') });
    return isCancel(answer) ? undefined : answer.trim();
  },
  async choose(question, choices) {
    const options = choices.map((value) => ({ value, label: value }));
    const answer = await select({ message: question, options });
    return isCancel(answer) ? undefined : answer;
  },
};
