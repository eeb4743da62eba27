import type { Key } from 'node:readline';
import { confirm, isCancel, select, text } from '@clack/prompts';
import type { Answer } from './runner.ts';

/** Questions to the person at a terminal. Ctrl-C and Ctrl-D are no answer. */
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
    const answer = await untilCtrlD((signal) => confirm({ message: question, initialValue: false, signal }));
    return isCancel(answer) || !answer ? 'no' : 'yes';
  },
  async text(question, wrongWith) {
    const validate = (given: string | undefined) => wrongWith(given?.trim() ?? '');
    const answer = await untilCtrlD((signal) => text({ message: question, validate, signal }));
    return isCancel(answer) ? undefined : answer.trim();
  },
  async choose(question, choices) {
    const options = choices.map((value) => ({ value, label: value }));
    const answer = await untilCtrlD((signal) => select({ message: question, options, signal }));
    return isCancel(answer) ? undefined : answer;
  },
};

/** Cancels a question at Ctrl-D: clack stops reading there, and would never answer. */
async function untilCtrlD<T>(ask: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const onKey = (_: string | undefined, { ctrl, name }: Key) => {
    if (ctrl === true && name === 'd') stop.abort();
  };
  process.stdin.on('keypress', onKey);
  try {
    return await ask(stop.signal);
  } finally {
    process.stdin.off('keypress', onKey);
  }
}
