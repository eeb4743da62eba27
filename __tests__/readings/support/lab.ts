import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Hub, HubSpace } from '../../../emulator/api.ts';
import type { ChosenReadings } from '../../../emulator/readings.ts';
import type { Pace } from '../../../emulator/space-runtime.ts';
// First, since it makes the hash cheap for what is imported after it.
import { type MainRun, runMain } from '../../faults/support/run-main.ts';

const { createHub } = await import('../../../emulator/create-hub.ts');
const { startSpaceRuntime } = await import('../../../emulator/runtime/space/start-space-runtime.ts');

export type Files = Readonly<Record<string, string>>;

/** A local Hub under some readings, and a directory to deploy from; the action runs in this process, with a fast clock. */
export interface ReadingsLab extends AsyncDisposable {
  readonly hub: Hub;
  /** Deploys these files to `me/app` as `staging`, unless the inputs say otherwise. */
  deploy(files: Files, inputs?: Files, env?: Files): Promise<Deployed>;
  space(id?: string): HubSpace;
  /** What the Space serves on a path, or the status that it answers. */
  served(path: string, id?: string): Promise<string>;
}

export interface Deployed extends MainRun {
  readonly warnings: readonly string[];
  /** Requests that change something, but for the deletion of nothing. */
  readonly writes: readonly string[];
}

export const TITLE = 'Deploy it all';
const FILE = 'deploy.yml';
/** The identity of a job of GitHub's, as the local Hub's stand-in for its endpoint signs it. */
export const CLAIMS = {
  repository: 'me/repo',
  ref: 'refs/heads/main',
  workflow: TITLE,
  workflow_ref: `me/repo/.github/workflows/${FILE}@refs/heads/main`,
};

/** As fast as the stages can still be told apart by a poll, with the lag of a setting within what is waited for it. */
const PACE = { buildMs: 20, startMs: 20, shaLagMs: 0, stageLagMs: 0, settingsLagMs: 100 };
/** Small enough for a story to have a file that is uploaded in parts. */
const IN_PARTS = { multipartAboveBytes: 150_000, partBytes: 100_000 };
const OWNER = { authorization: 'Bearer hf_me_write' };

export async function openReadingsLab(readings: ChosenReadings, pace: Partial<Pace> = {}): Promise<ReadingsLab> {
  const workflow = readings.U8 === 'b' ? TITLE : FILE;
  const publishers = ['me/app', 'me/site'].map((space) => ({ space, repository: 'me/repo', branch: 'main', workflow }));
  const hub = await createHub({
    startSpaceRuntime,
    readings,
    lfs: IN_PARTS,
    pace: { ...PACE, ...pace },
    seed: { publishers },
  });
  const directory = mkdtempSync(join(tmpdir(), 'spaceport-readings-'));
  let runs = 100;
  const space = (id = 'me/app') => {
    const found = hub.space(id);
    if (found === undefined) throw new Error(`the local Hub has no Space ${id}`);
    return found;
  };
  return {
    hub,
    space,
    async deploy(files, inputs = {}, env = {}) {
      write(directory, files);
      const from = hub.requests.length;
      const run = await runMain({
        inputs: { space: 'me/app', environment: 'staging', timeout: '20m', 'hub-url': hub.url, ...inputs },
        directory,
        env: { HF_TOKEN: 'hf_me_write', GITHUB_REPOSITORY: 'me/repo', GITHUB_RUN_ID: String(runs++), ...env },
      });
      const requests = hub.requests.slice(from).map(({ method, path }) => `${method} ${path}`);
      return { ...run, warnings: told(run.heard, 'warning'), writes: requests.filter(isWrite) };
    },
    async served(path, id) {
      const answer = await fetch(space(id).runtime.appUrl + path, { headers: OWNER });
      return answer.ok ? (await answer.text()).trim() : String(answer.status);
    },
    async [Symbol.asyncDispose]() {
      await hub.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** In the environment of a job that has no token but its identity. */
export async function identityOf({ hub }: ReadingsLab): Promise<Files> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = hub.idTokens(CLAIMS);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${url}&audience=https://huggingface.co`, { headers });
  return { HF_TOKEN: '', HF_OIDC_ID_TOKEN: ((await answer.json()) as { readonly value: string }).value };
}

function told(heard: readonly string[], kind: string): readonly string[] {
  return heard.filter((each) => each.startsWith(`${kind} `)).map((each) => each.slice(kind.length + 1));
}

function isWrite(request: string): boolean {
  return !request.startsWith('GET ') && !/validate-yaml|preupload|objects\/batch|oauth\/token/.test(request);
}

function write(directory: string, files: Files): void {
  for (const name of readdirSync(directory)) rmSync(join(directory, name), { recursive: true });
  for (const [path, content] of Object.entries(files)) {
    const absolute = join(directory, path);
    mkdirSync(dirname(absolute), { recursive: true });
    writeFileSync(absolute, content);
  }
}
