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

/** Files that are read. */
const TELLING = ['README.md', 'app.py', 'requirements.txt'];

async function candidateAt(directory: string, path: string): Promise<Candidate> {
  const names = await readdir(directory).catch((): string[] => []);
  const texts = new Map<string, string>();
  for (const name of TELLING.filter((each) => names.includes(each)))
    texts.set(name, await readFile(join(directory, name), 'utf8').catch(() => ''));
  return { path, sdk: sdkOf(names, (name) => texts.get(name) ?? '') };
}

/** As a deployment reads it, and what the usual names of files and an app.py show. Pure. */
export function sdkOf(names: readonly string[], textOf: (name: string) => string): Sdk | undefined {
  const said = SDKS.find((sdk) => sdk === saidIn(textOf('README.md')));
  if (said !== undefined) return said;
  if (names.includes('Dockerfile')) return 'docker';
  if (names.includes('index.html')) return 'static';
  if (names.includes('streamlit_app.py')) return 'streamlit';
  if (!names.includes('app.py')) return undefined;
  return onlyOne(textOf('app.py'), imports) ?? onlyOne(textOf('requirements.txt'), requires);
}

/** The one framework that a text shows; undefined where it shows none, or both. */
function onlyOne(text: string, shows: (text: string, framework: string) => boolean): Sdk | undefined {
  const shown = (['gradio', 'streamlit'] as const).filter((framework) => shows(text, framework));
  return shown.length === 1 ? shown[0] : undefined;
}

/** `gradio_client` is another package, and no app. */
function imports(python: string, framework: string): boolean {
  return new RegExp(`^\\s*(?:from\\s+|import\\s+(?:[^#\\n]*,\\s*)?)${framework}\\b`, 'm').test(python);
}

function requires(requirements: string, framework: string): boolean {
  return new RegExp(`^\\s*${framework}\\b(?![-.])`, 'im').test(requirements);
}

function saidIn(readme: string): unknown {
  try {
    return readFrontMatter(readme).keys['sdk'];
  } catch {
    // A deployment says what is wrong with it.
    return undefined;
  }
}
