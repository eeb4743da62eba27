import type { Hub, HubOptions, HubSpace } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import { startSpaceRuntime } from '../../../emulator/runtime/space/start-space-runtime.ts';
import { type ActionRun, type RunOptions, runAction } from './run-action.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A local Hub, a repository and the action between them: where a story runs. */
export interface Lab extends AsyncDisposable {
  readonly hub: Hub;
  readonly workspace: Workspace;
  /** Deploys the repository to `me/app` as `staging`, unless the inputs say otherwise. */
  deploy(
    inputs?: Readonly<Record<string, string>>,
    options?: Partial<Pick<RunOptions, 'env' | 'onStart' | 'waits'>>,
  ): Promise<ActionRun & { readonly requests: readonly string[] }>;
  /** The Space behind the API. */
  space(id?: string): HubSpace;
  close(): Promise<void>;
}

/** Builds and starts that last long enough for a poll every quarter of a second to see them. */
const VISIBLE = { buildMs: 400, startMs: 300 };

export async function openLab(
  files: Readonly<Record<string, string | Buffer>>,
  options: HubOptions = {},
): Promise<Lab> {
  // Passed in rather than imported on demand: jest allows no import between two stories that run at once.
  const hub = await createHub({ startSpaceRuntime, ...options, pace: { ...VISIBLE, ...options.pace } });
  const workspace = createWorkspace(files);
  const close = async () => {
    await hub.close();
    workspace.remove();
  };
  return {
    hub,
    workspace,
    async deploy(inputs = {}, { env = {}, ...rest } = {}) {
      const before = hub.requests.length;
      const run = await runAction({
        inputs: { space: 'me/app', environment: 'staging', timeout: '60s', 'hub-url': hub.url, ...inputs },
        workspace: workspace.directory,
        env: { HF_TOKEN: 'hf_me_write', ...env },
        ...rest,
      });
      return { ...run, requests: hub.requests.slice(before).map(({ method, path }) => `${method} ${path}`) };
    },
    space(id = 'me/app') {
      const space = hub.space(id);
      if (space === undefined) throw new Error(`the local Hub has no Space ${id}`);
      return space;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The requests without polls, whose number depends on how long things take. */
export function withoutPolls(requests: readonly string[]): readonly string[] {
  return requests.filter((request) => !/\/(runtime|logs\/\w+)$/.test(request));
}

/** The requests that change something. */
export function writes(requests: readonly string[]): readonly string[] {
  return requests.filter(
    (request) => !request.startsWith('GET ') && !/validate-yaml|preupload|objects\/batch/.test(request),
  );
}
