import type { Access, Client } from './client.ts';
import { inPythonEnvironment, pythonSettings } from './python-environment.ts';
import { run } from './run.ts';

/** The command `hf`, one process a call. */
export function hfClient(access: Access): Client {
  const env = pythonSettings(access);
  const hf = (args: readonly string[], more: Record<string, string> = {}) =>
    run(inPythonEnvironment('hf'), args, { env: { ...env, ...more }, cwd: access.home });
  const json = async (...args: string[]) => JSON.parse(await hf([...args, '--json']));
  const done = async (...args: string[]) => {
    await hf(args);
  };
  const space = ['--type', 'space'];
  return {
    name: 'hf',
    slug: 'hf',
    commitsUnchanged: false,
    close: async () => {},
    whoAmI: async () => (await json('auth', 'whoami')).user,
    createSpace: (id, sdk) => done('repos', 'create', id, ...space, '--sdk', sdk),
    deleteSpace: (id) => done('repos', 'delete', id, ...space, '--yes'),
    renameSpace: (from, to) => done('repos', 'move', from, to, ...space),
    duplicateSpace: (from, to) => done('repos', 'duplicate', from, to, ...space),
    setVisibility: (id, visibility) => done('repos', 'settings', id, ...space, `--${visibility}`),
    upload: (id, directory, branch = 'main') => done('upload', id, directory, '.', ...space, '--revision', branch),
    async list(id, revision = 'main') {
      const items = await json('spaces', 'ls', id, '--recursive', '--revision', revision);
      return items.flatMap((item: { path: string; blob_id?: string }) => (item.blob_id ? [item.path] : [])).sort();
    },
    download: (id, directory, revision = 'main') =>
      done('download', id, ...space, '--local-dir', directory, '--revision', revision),
    deleteFiles: (id, paths) => done('repos', 'delete-files', id, ...paths, ...space),
    createBranch: (id, branch) => done('repos', 'branch', 'create', id, branch, ...space),
    deleteBranch: (id, branch) => done('repos', 'branch', 'delete', id, branch, ...space),
    createTag: (id, tag) => done('repos', 'tag', 'create', id, tag, ...space),
    deleteTag: (id, tag) => done('repos', 'tag', 'delete', id, tag, ...space, '--yes'),
    async tags(id) {
      const tags = await json('repos', 'tag', 'ls', id, ...space);
      return tags.map(({ name }: { name: string }) => name).sort();
    },
    setVariable: (id, key, value) => done('spaces', 'variables', 'add', id, '--env', `${key}=${value}`),
    deleteVariable: (id, key) => done('spaces', 'variables', 'delete', id, key, '--yes'),
    async variables(id) {
      const variables: { key: string; value: string }[] = await json('spaces', 'variables', 'ls', id);
      return Object.fromEntries(variables.map(({ key, value }) => [key, value]));
    },
    // The value stays out of the argument list.
    setSecret: async (id, key, value) => {
      await hf(['spaces', 'secrets', 'add', id, '--secrets', key], { [key]: value });
    },
    deleteSecret: (id, key) => done('spaces', 'secrets', 'delete', id, key, '--yes'),
    async secrets(id) {
      const secrets: { key: string }[] = await json('spaces', 'secrets', 'ls', id);
      return Object.fromEntries(secrets.map(({ key, ...rest }) => [key, rest]));
    },
    stage: async (id) => (await json('spaces', 'info', id, '--expand', 'runtime')).runtime.stage,
    wait: async (id) => (await json('spaces', 'wait', id, '--timeout', '500')).stage,
    logs: (id, kind) => hf(['spaces', 'logs', id, ...(kind === 'build' ? ['--build'] : [])]),
    restart: (id) => done('spaces', 'restart', id),
    pause: (id) => done('spaces', 'pause', id),
    requestHardware: (id, flavor) => done('spaces', 'settings', id, '--hardware', flavor),
    setSleepTime: (id, seconds) => done('spaces', 'settings', id, '--sleep-time', String(seconds)),
    createBucket: (id) => done('buckets', 'create', id),
    deleteBucket: (id) => done('buckets', 'delete', id, '--yes'),
    mount: (id, volume) => done('spaces', 'volumes', 'set', id, '--volume', volume),
    async mounts(id) {
      const volumes: { source: string; mount_path: string }[] = await json('spaces', 'volumes', 'ls', id);
      return Object.fromEntries(volumes.map(({ source, mount_path }) => [source, mount_path]));
    },
    unmount: (id) => done('spaces', 'volumes', 'delete', id, '--yes'),
  };
}
