import type { ActionInput } from './action-inputs.ts';
import { OWN_INPUTS } from './command-line.ts';

/** The text of `--help`. */
export function usage(inputs: readonly ActionInput[]): string {
  const flags = inputs.filter(({ name }) => !OWN_INPUTS.has(name));
  const width = Math.max(...flags.map(({ name }) => name.length)) + 4;
  return `npm start                                          deploys the example to staging, to production, and again
npm start -- --path ../app [--space owner/name]    deploys a directory of yours, with the inputs given as flags

Everything happens on a local Hub: it needs no account, and no network except the package registries for a build.

  ${'--verbose'.padEnd(width)}the whole log of the action, and its requests to the Hub
  ${'--keep'.padEnd(width)}leaves the Hub and the apps running until Ctrl-C
  ${'--engine'.padEnd(width)}what builds and runs the Spaces: docker, podman, process (programs of this machine),
  ${''.padEnd(width)}or auto: a container engine that answers, else process [auto; the example: process]
  ${'--help'.padEnd(width)}this

Exit codes: 0 as wanted, 1 a deployment failed, 2 not started, 3 cannot be rehearsed on this machine (which says nothing
about the app), 130 interrupted.

Inputs of the action (an input that is given twice makes two lines):
${flags.map((input) => `  ${`--${input.name}`.padEnd(width)}${firstSentence(input)}`).join('\n')}`;
}

function firstSentence({ description, default: value }: ActionInput): string {
  const [sentence = ''] = description.split(/(?<=\.) /, 1);
  return value === '' ? sentence : `${sentence} [${value}]`;
}
