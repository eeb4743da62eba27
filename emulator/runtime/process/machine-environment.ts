import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

type Env = Record<string, string>;

const FOR_ALL = ['LANG', 'LC_ALL', 'TMPDIR'];
const FOR_INSTALLS =
  /^(npm_config_(registry|cafile|ca|proxy|https_proxy|noproxy|strict_ssl|fetch_.*|\/\/.*|@.*)|PIP_.*|UV_.*|(https?|no|all)_proxy|SSL_CERT_(FILE|DIR)|NODE_EXTRA_CA_CERTS|REQUESTS_CA_BUNDLE)$/i;

/** The few variables of this machine that an app gets; PATH is not one of them. */
export function appMachineEnvironment(from: NodeJS.ProcessEnv = process.env): Env {
  return pick(from, (name) => FOR_ALL.includes(name));
}

/** The same, with what package managers need to reach their registries, and the caches that they have here. */
export function buildMachineEnvironment(from: NodeJS.ProcessEnv = process.env): Env {
  return {
    ...pick(from, (name) => FOR_ALL.includes(name) || FOR_INSTALLS.test(name)),
    npm_config_userconfig: from['npm_config_userconfig'] ?? join(homedir(), '.npmrc'),
    npm_config_cache: from['npm_config_cache'] ?? join(homedir(), '.npm'),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    PIP_CACHE_DIR: from['PIP_CACHE_DIR'] ?? join(homedir(), '.cache', 'pip'),
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    PIP_USER: '0',
    CI: 'true',
  };
}

/** Directories of programs: first the Node that runs this, whatever the machine's own is. */
export function machinePath(from: NodeJS.ProcessEnv = process.env): string[] {
  const machine = (from['PATH'] ?? '/usr/local/bin:/usr/bin:/bin').split(delimiter);
  // `npm run` puts the emulator's own programs on PATH, which apps must not find.
  return [
    dirname(process.execPath),
    ...machine.filter((entry) => entry !== '' && !entry.endsWith('node_modules/.bin')),
  ];
}

function pick(from: NodeJS.ProcessEnv, wanted: (name: string) => boolean): Env {
  const found: Env = {};
  for (const [name, value] of Object.entries(from)) if (value !== undefined && wanted(name)) found[name] = value;
  return found;
}
