import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Access, Client } from './client.ts';
import { inPythonEnvironment, pythonSettings } from './python-environment.ts';

/** `huggingface_hub`, in one process that makes one call after the other. */
export function pythonClient(access: Access): Client {
  const { call, close } = driverFor(access);
  const onSpace = (id: string) => ({ repo_id: id, repo_type: 'space' });
  return {
    name: 'huggingface_hub',
    slug: 'python',
    commitsUnchanged: false,
    close,
    whoAmI: async () => (await call('whoami')).name,
    createSpace: (id, sdk) => call('create_repo', { ...onSpace(id), space_sdk: sdk }),
    deleteSpace: (id) => call('delete_repo', onSpace(id)),
    renameSpace: (from, to) => call('move_repo', { from_id: from, to_id: to, repo_type: 'space' }),
    duplicateSpace: (from, to) => call('duplicate_repo', { from_id: from, to_id: to, repo_type: 'space' }),
    setVisibility: (id, visibility) => call('update_repo_settings', { ...onSpace(id), visibility }),
    upload: (id, directory, branch = 'main') =>
      call('upload_folder', { ...onSpace(id), folder_path: directory, revision: branch }),
    async list(id, revision = 'main') {
      const items = await call('list_repo_tree', { ...onSpace(id), revision, recursive: true });
      return items.flatMap((item: { path: string; blob_id?: string }) => (item.blob_id ? [item.path] : [])).sort();
    },
    download: (id, directory, revision = 'main') =>
      call('snapshot_download', { ...onSpace(id), local_dir: directory, revision }),
    deleteFiles: (id, paths) => call('delete_files', { ...onSpace(id), delete_patterns: paths }),
    async commits(id) {
      const commits = await call('list_repo_commits', onSpace(id));
      return commits.map(({ commit_id }: { commit_id: string }) => commit_id);
    },
    squash: (id) => call('super_squash_history', onSpace(id)),
    createBranch: (id, branch) => call('create_branch', { ...onSpace(id), branch }),
    deleteBranch: (id, branch) => call('delete_branch', { ...onSpace(id), branch }),
    branches: async (id) => names((await call('list_repo_refs', onSpace(id))).branches),
    createTag: (id, tag) => call('create_tag', { ...onSpace(id), tag }),
    deleteTag: (id, tag) => call('delete_tag', { ...onSpace(id), tag }),
    tags: async (id) => names((await call('list_repo_refs', onSpace(id))).tags),
    setVariable: (id, key, value) => call('add_space_variable', { repo_id: id, key, value }),
    deleteVariable: (id, key) => call('delete_space_variable', { repo_id: id, key }),
    async variables(id) {
      const variables: Record<string, { value: string }> = await call('get_space_variables', { repo_id: id });
      return Object.fromEntries(Object.entries(variables).map(([key, { value }]) => [key, value]));
    },
    setSecret: (id, key, value) => call('add_space_secret', { repo_id: id, key, value }),
    deleteSecret: (id, key) => call('delete_space_secret', { repo_id: id, key }),
    secrets: (id) => call('get_space_secrets', { repo_id: id }),
    stage: async (id) => (await call('get_space_runtime', { repo_id: id })).stage,
    wait: async (id) => (await call('wait_for_space', { repo_id: id, timeout: 500 })).stage,
    logs: async (id, kind) => (await call('fetch_space_logs', { repo_id: id, build: kind === 'build' })).join('\n'),
    restart: (id) => call('restart_space', { repo_id: id }),
    pause: (id) => call('pause_space', { repo_id: id }),
    requestHardware: (id, flavor) => call('request_space_hardware', { repo_id: id, hardware: flavor }),
    setSleepTime: (id, seconds) => call('set_space_sleep_time', { repo_id: id, sleep_time: seconds }),
  };
}

function names(refs: readonly { name: string }[]): string[] {
  return refs.map(({ name }) => name).sort();
}

// biome-ignore lint/suspicious/noExplicitAny: the answers have the shapes that huggingface_hub documents
type Call = (method: string, args?: Record<string, unknown>) => Promise<any>;

/** The process starts with the first call. */
function driverFor(access: Access): { call: Call; close(): Promise<void> } {
  let started: ReturnType<typeof startDriver> | undefined;
  return {
    call(method, args = {}) {
      started ??= startDriver(access);
      return started.call(method, args);
    },
    close: async () => started?.close(),
  };
}

function startDriver(access: Access): { call: Call; close(): Promise<void> } {
  const driver = fileURLToPath(new URL('python-driver.py', import.meta.url));
  const child = spawn(inPythonEnvironment('python'), [driver], { env: pythonSettings(access) });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  let complaints = '';
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  // One call at a time: answers come in the order of the questions.
  let last: Promise<unknown> = Promise.resolve();
  const ask: Call = async (method, args) => {
    child.stdin.write(`${JSON.stringify({ method, arguments: args })}\n`);
    const { value: line } = await answers.next();
    if (line === undefined) throw new Error(`huggingface_hub ended in ${method}: ${complaints}`);
    const { value, error } = JSON.parse(line);
    if (error !== undefined) throw new Error(error);
    return value;
  };
  return {
    call(method, args) {
      const answer = last.then(() => ask(method, args));
      last = answer.catch(() => {});
      return answer;
    },
    async close() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'close');
    },
  };
}
