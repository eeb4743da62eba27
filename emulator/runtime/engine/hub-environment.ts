import type { AppSettings } from './engine.ts';

/** vCPUs and memory of the flavors that are not accelerated; of the others only the name is known here. */
const FLAVORS: Readonly<Record<string, readonly [cores: string, memory: string]>> = {
  'cpu-basic': ['2', '16Gi'],
  'cpu-upgrade': ['8', '32Gi'],
};

/** What the Hub adds to the environment of every app (hub-contract §17). */
export function hubEnvironment({ spaceId, spaceHost, title, flavor }: AppSettings): Record<string, string> {
  const [author = '', name = ''] = spaceId.split('/');
  const [cores, memory] = FLAVORS[flavor] ?? ['2', '16Gi'];
  return {
    SPACE_ID: spaceId,
    SPACE_HOST: spaceHost,
    SPACE_AUTHOR_NAME: author,
    SPACE_REPO_NAME: name,
    SPACE_TITLE: title ?? name,
    CPU_CORES: cores,
    MEMORY: memory,
    ACCELERATOR: flavor.startsWith('cpu-') ? 'none' : flavor,
  };
}
