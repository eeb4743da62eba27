import type { HubFile, HubSetting, HubSpace } from '../../api.ts';
import type { Setting, Space } from '../space/space.ts';

/** What a test may see of a Space without asking the API. */
export function lookBehind(space: Space): HubSpace {
  return {
    get id() {
      return space.id;
    },
    get visibility() {
      return space.visibility;
    },
    get sdk() {
      return space.sdk;
    },
    get variables() {
      return plain(space.record.variables);
    },
    get secrets() {
      return plain(space.record.secrets);
    },
    get volumes() {
      return (space.record.volumes ?? []).map(({ source, mountPath }) => ({ source, mountPath }));
    },
    get runtime() {
      return space.runtime;
    },
    head: () => space.repository.head(),
    async commits() {
      const log = await space.repository.log(await space.repository.head());
      return log.map(({ id, title, message }) => ({ id, title, message }));
    },
    files: (rev) => files(space, rev),
    read: (path, rev) => space.read(path, rev),
  };
}

async function files(space: Space, rev = 'main'): Promise<Record<string, HubFile>> {
  const { tree } = await space.revision(rev);
  const { entries } = await space.repository.tree(tree);
  const listed = entries.flatMap(({ type, path, oid, size, lfs }) => {
    if (type !== 'file') return [];
    return [[path, { oid, size, lfs: lfs && { oid: lfs.oid, size: lfs.size } }]];
  });
  return Object.fromEntries(listed);
}

function plain(settings: Readonly<Record<string, Setting>>): Record<string, HubSetting> {
  const shown = Object.entries(settings).map(([key, { value, description }]) => [key, { value, description }]);
  return Object.fromEntries(shown);
}
