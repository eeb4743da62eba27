import { basename } from 'node:path';
import type { Problem } from '../base/failure.ts';
import { leavesPath, listItems, unquoted } from './lines.ts';
import { isNeverDeployed } from './never-deployed.ts';
import { goodUnless, type Parsed } from './parsed.ts';

/** A file that has another name in the Space. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** Lines `from -> to`; both are paths of one file, relative to `path`. */
export function parseRenames(text: string): Parsed<readonly Rename[]> {
  const { items } = listItems(text);
  const renames = items.map((line) => {
    const [from = '', to = '', ...more] = line.split('->').map((side) => sideOf(side));
    const arePaths = from !== '' && to !== '' && more.length === 0 && !leavesPath(from) && !leavesPath(to);
    return { line, from, to, isRename: arePaths && from !== to };
  });
  const problems: Problem[] = renames.flatMap(({ line, from, to, isRename }) => {
    if (isRename) return impossibleTarget(line, { from, to });
    const fix = 'Write one a line, with paths relative to `path`: requirements-streamlit.txt -> requirements.txt';
    return [{ what: `${JSON.stringify(line)} is not a rename.`, fix }];
  });
  const good = renames.filter(({ isRename }) => isRename);
  problems.push(...repeated(good.map(({ from }) => from)).map((path) => ({ what: `${path} is renamed twice.` })));
  problems.push(...repeated(good.map(({ to }) => to)).map((path) => ({ what: `Two files are renamed to ${path}.` })));
  return goodUnless(
    problems,
    renames.map(({ from, to }) => ({ from, to })),
  );
}

/** What the Hub would refuse, or what would not be deployed as a file of the source either. */
function impossibleTarget(line: string, { from, to }: Rename): readonly Problem[] {
  const what = `${JSON.stringify(line)} gives a name that no file of the Space can have.`;
  const parts = to.split('/').filter((part) => part !== '' && part !== '.');
  const tidy = parts.join('/');
  if (to !== tidy) {
    const isDirectory = /\/\.?$/.test(to) || tidy === '';
    const name = isDirectory ? [...parts, basename(from)].join('/') : tidy;
    const cause = isDirectory
      ? `${JSON.stringify(to)} is a directory, and a file needs a name in it.`
      : `${JSON.stringify(to)} has a part that is empty or a dot.`;
    return [{ what, cause, fix: `Write the whole name: ${from} -> ${name}` }];
  }
  if (isNeverDeployed(to)) {
    const cause = 'Nothing in .git, .github and .cache/huggingface is deployed.';
    return [{ what, cause, fix: 'Give the file another name, or leave this line out.' }];
  }
  if (to === '.gitattributes') {
    const cause = `${to} stays the Space's own: the Hub keeps its LFS rules in it.`;
    return [{ what, cause, fix: 'Give the file another name, or leave this line out.' }];
  }
  return [];
}

function sideOf(text: string): string {
  return unquoted(text.trim()).replace(/^(?:\.?\/)+/, '');
}

function repeated(paths: readonly string[]): readonly string[] {
  return paths.filter((path, index) => paths.indexOf(path) < index).map((path) => JSON.stringify(path));
}
