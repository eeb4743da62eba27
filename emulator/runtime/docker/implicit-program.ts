import type { Command } from '../image/image.ts';
import type { StandIn } from './base-images.ts';

/** What the entry points of official images take for an argument of their program, and not for a command. */
const ARGUMENTS: Readonly<Record<string, RegExp>> = {
  node: /^-|\.[cm]?[jt]s$/,
  bun: /^-|\.[cm]?[jt]sx?$|^(?:run|x|install|test|build|start)$/,
  deno: /^-|^(?:run|serve|task|eval|test|bench|cache|compile|repl|install|info|check|fmt|lint|doc|add|upgrade|help)$/,
};

/** `CMD ["server.js"]` on an image of Node is `node server.js`: its entry point does that. */
export function withImplicitProgram(command: Command & { form: 'exec' }, image: StandIn | undefined): Command {
  const [first = ''] = command.words;
  const program = image?.programs.find(({ name }) => ARGUMENTS[name]?.test(first) === true)?.name;
  return program === undefined ? command : { form: 'exec', words: [program, ...command.words] };
}
