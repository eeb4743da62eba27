import { firstOf } from '../../base/first-of.ts';
import { readFrontMatter } from '../card/front-matter.ts';
import { textOf } from '../deploy-file.ts';
import { DOCKERFILE, README } from '../file-names.ts';
import type { DeployFile } from '../source.ts';

const MOST_NAMED = 5;
/** Directories whose Dockerfiles belong to the app around them, or to nobody's app. */
const NOT_AN_APP =
  /(^|\/)(\.[^/]+|docker|deploy(ment)?|infra|ops|ci|scripts|tests?|__tests__|e2e|examples?|fixtures|templates?|vendor|node_modules|third_party|docs)(\/|$)/i;

/**
 * Who has several apps in one repository and names no `path` should hear which directory is taken: the root, because it
 * is an app, too. Undefined when there are no others.
 */
export async function otherApps(path: string, files: ReadonlyMap<string, DeployFile>): Promise<string | undefined> {
  if (!/^(\.\/?)?$/.test(path)) return undefined;
  const directories = [...new Set([...files.keys()].flatMap(directoriesOf))].filter((name) => !NOT_AN_APP.test(name));
  const found = await Promise.all(directories.map(async (name) => ((await isApp(name, files)) ? [name] : [])));
  const names = found.flat().map((name) => JSON.stringify(name));
  return names.length === 0
    ? undefined
    : `The root of the repository is deployed, with everything below it. If you mean one of the apps in it (${firstOf(names, MOST_NAMED)}), name its directory in \`path\`.`;
}

/** The directories that a file is in, two below the root at most: `apps/web`. */
function directoriesOf(path: string): readonly string[] {
  const [first, second, ...rest] = path.split('/');
  if (first === undefined || second === undefined) return [];
  return rest.length === 0 ? [first] : [first, `${first}/${second}`];
}

async function isApp(directory: string, files: ReadonlyMap<string, DeployFile>): Promise<boolean> {
  if (files.has(`${directory}/${DOCKERFILE}`)) return true;
  if (files.has(`${directory}/app.py`) && files.has(`${directory}/requirements.txt`)) return true;
  const readme = files.get(`${directory}/${README}`);
  return readme !== undefined && saysSdk(await textOf(readme));
}

function saysSdk(readme: string): boolean {
  try {
    return typeof readFrontMatter(readme).keys['sdk'] === 'string';
  } catch {
    return false;
  }
}
