import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SDKS, type Sdk } from '../../inputs/sdk.ts';
import { readFrontMatter } from '../../source/card/front-matter.ts';

/** A directory that may become a Space. */
export interface Candidate {
  /** Relative to where one looked; `.` for that itself. */
  readonly path: string;
  /** Absent where nothing in it says so. */
  readonly sdk?: Sdk | undefined;
}

/** Directories that hold what is built, installed or tested, and no app. */
const NEVER = /^(\.|node_modules$|dist$|build$|docs?$|tests?$|__tests__$|venv$|__pycache__$)/;

/** What could be deployed: the directory itself, if something in it says what it is; else those directly in it that do. */
export async function lookAround(directory: string): Promise<readonly Candidate[]> {
  const own = await candidateAt(directory, '.');
  if (own.sdk !== undefined) return [own];
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !NEVER.test(entry.name)).map(({ name }) => name);
  const found = await Promise.all(names.sort().map((name) => candidateAt(join(directory, name), name)));
  const telling = found.filter(({ sdk }) => sdk !== undefined);
  return telling.length > 0 ? telling : [own];
}

async function candidateAt(directory: string, path: string): Promise<Candidate> {
  const names = await readdir(directory).catch((): string[] => []);
  const readme = names.includes('README.md') ? await readFile(join(directory, 'README.md'), 'utf8') : '';
  return { path, sdk: sdkOf(readme, names) };
}

/** As a deployment reads it, and what the usual names of files show. Pure. */
export function sdkOf(readme: string, names: readonly string[]): Sdk | undefined {
  const said = SDKS.find((sdk) => sdk === saidIn(readme));
  if (said !== undefined) return said;
  if (names.includes('Dockerfile')) return 'docker';
  if (names.includes('index.html')) return 'static';
  return names.includes('streamlit_app.py') ? 'streamlit' : undefined;
}

function saidIn(readme: string): unknown {
  try {
    return readFrontMatter(readme).keys['sdk'];
  } catch {
    // A deployment says what is wrong with it.
    return undefined;
  }
}
