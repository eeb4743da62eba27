import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRehearse } from '../base/failures.ts';
import { judgeCommand, wordsOf } from '../docker/judge-command.ts';
import { splitShell } from '../docker/split-shell.ts';
import type { Command, ProcessImage } from '../image/image.ts';
import { imagePath } from '../image/image-environment.ts';
import type { ImagePaths } from '../image/image-paths.ts';
import { mayHave } from '../image/whole-image.ts';
import { machinePath } from '../process/machine-environment.ts';

/**
 * Refuses a start command whose program this machine would have to stand in for and cannot. One that the image clearly
 * lacks is left to fail, as it fails on the Hub. Throws CannotRehearse.
 */
export function refuseLacking(image: ProcessImage, paths: ImagePaths): void {
  const { command, facts } = image;
  if (!command) return;
  const programs = [...imagePath(image.env['PATH'] ?? '', paths), ...image.path];
  const surroundings = { paths, cwd: paths.locate(image.workdir), programs, languages: facts.languages };
  const lacking = commandsOf(command).find((each) => judgeCommand(paths.mapText(each), surroundings) === 'lacks');
  const [name = ''] = wordsOf(lacking ?? '');
  if (name === '' || name.includes('/')) return;
  const [installs] = facts.skipped;
  const isHere = machinePath().some((directory) => existsSync(join(directory, name)));
  if (installs === undefined && !mayHave(facts, name) && !isHere) return;
  const where = installs === undefined ? `the image ${facts.name} may have` : `"${installs}" may bring`;
  throw new CannotRehearse(`The start command needs ${name}, which ${where}, and the process engine has not.`);
}

function commandsOf(command: Command): readonly string[] {
  if (command.form === 'shell') return splitShell(command.text).map((part) => part.command);
  const [first = '', ...rest] = command.words;
  // Its words are no shell text; only a script that is given to a shell is looked into.
  return [/(?:^|\/)(?:ba|da)?sh$/.test(first) ? [first, ...rest].map(quoted).join(' ') : quoted(first)];
}

function quoted(word: string): string {
  return /\s/.test(word) ? `"${word.replaceAll('"', "'")}"` : word;
}
