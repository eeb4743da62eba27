import type { AppImage } from '../image/image.ts';
import { imageEnvironment } from '../image/image-environment.ts';
import type { ImagePaths } from '../image/image-paths.ts';
import { appMachineEnvironment } from '../process/machine-environment.ts';

export interface AppSettings {
  readonly spaceId: string;
  readonly spaceHost: string;
  readonly flavor: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}

/** vCPUs and memory of the flavors that are not accelerated; of the others only the name is known here. */
const FLAVORS: Readonly<Record<string, readonly [cores: string, memory: string]>> = {
  'cpu-basic': ['2', '16Gi'],
  'cpu-upgrade': ['8', '32Gi'],
};

/** The environment of an app: the image's, the Space's settings over it, and what the Hub adds (hub-contract §17). */
export function appEnvironment(
  image: AppImage,
  paths: ImagePaths,
  settings: AppSettings,
  port: number,
): Record<string, string> {
  const { variables, secrets } = settings;
  const own = { ...withPort(image.env, image.appPort, port), ...variables, ...secrets };
  const mapped = imageEnvironment({ ...own, PATH: image.env['PATH'] ?? '' }, paths, image.path);
  return { ...appMachineEnvironment(), ...mapped, ...hubEnvironment(image, settings), PORT: String(port) };
}

function hubEnvironment(image: AppImage, { spaceId, spaceHost, flavor }: AppSettings): Record<string, string> {
  const [author = '', name = ''] = spaceId.split('/');
  const [cores, memory] = FLAVORS[flavor] ?? ['2', '16Gi'];
  return {
    SPACE_ID: spaceId,
    SPACE_HOST: spaceHost,
    SPACE_AUTHOR_NAME: author,
    SPACE_REPO_NAME: name,
    SPACE_TITLE: image.title ?? name,
    CPU_CORES: cores,
    MEMORY: memory,
    ACCELERATOR: flavor.startsWith('cpu-') ? 'none' : flavor,
  };
}

/** GRADIO_SERVER_PORT, STREAMLIT_SERVER_PORT and the like, where they name the port that README.md names. */
function withPort(env: Readonly<Record<string, string>>, appPort: number, port: number): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => {
    return [name, name.endsWith('PORT') && value === String(appPort) ? String(port) : value] as const;
  });
  return Object.fromEntries(entries);
}
