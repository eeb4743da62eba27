import { fileURLToPath } from 'node:url';
import { TOKEN } from './local-hub.ts';

/** Where a tool deploys from and to. */
export interface Target {
  readonly hubUrl: string;
  /** `owner/name`. */
  readonly space: string;
  readonly directory: string;
}

export interface Tool {
  readonly name: string;
  /** Whether it creates a static Space that does not exist; for the others, it is created before the clock starts. */
  readonly creates: boolean;
  command(target: Target): readonly string[];
  env?(target: Target): Readonly<Record<string, string>>;
}

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const venv = (program: string) => at(`../../.venv/bin/${program}`);

/** By which GitHub's runner says what it runs; without them, Spaceport looks for the repository's address in git. */
const GITHUB_RUN = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'me/bench', GITHUB_RUN_ID: '1' };

export const TOOLS: readonly Tool[] = [
  {
    name: 'Spaceport',
    creates: true,
    command: () => [process.execPath, at('../../dist/index.js')],
    env: ({ hubUrl, space, directory }) => ({
      INPUT_SPACE: space,
      'INPUT_HUB-URL': hubUrl,
      GITHUB_WORKSPACE: directory,
      ...GITHUB_RUN,
    }),
  },
  {
    name: 'hf upload',
    creates: false,
    command: ({ space, directory }) => [venv('hf'), 'upload', space, directory, '.', '--type', 'space'],
  },
  {
    name: 'upload_folder',
    creates: false,
    command: ({ space, directory }) => [venv('python'), at('upload_folder.py'), space, directory],
  },
  {
    name: 'git push',
    creates: false,
    command: ({ hubUrl, space }) => ['git', 'push', '--force', pushUrl(hubUrl, space), 'HEAD:main'],
  },
  {
    name: 'hub-sync',
    creates: true,
    command: ({ space, directory }) => [at('hub-sync.sh'), space, directory],
  },
];

/** As workflows do it, with the token in the URL. */
function pushUrl(hubUrl: string, space: string): string {
  return `${hubUrl.replace('//', `//me:${TOKEN}@`)}/spaces/${space}`;
}
