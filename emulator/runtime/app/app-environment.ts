import type { AppSettings } from '../engine/engine.ts';
import { hubEnvironment } from '../engine/hub-environment.ts';
import type { ProcessImage } from '../image/image.ts';
import { imageEnvironment } from '../image/image-environment.ts';
import type { ImagePaths } from '../image/image-paths.ts';
import { appMachineEnvironment } from '../process/machine-environment.ts';

/** The environment of an app: the image's, the Space's settings over it, and what the Hub adds (hub-contract §17). */
export function appEnvironment(
  image: ProcessImage,
  paths: ImagePaths,
  settings: AppSettings,
  port: number,
): Record<string, string> {
  const { variables, secrets } = settings;
  const own = { ...withPort(image.env, image.appPort, port), ...variables, ...secrets };
  const mapped = imageEnvironment({ ...own, PATH: image.env['PATH'] ?? '' }, paths, image.path);
  return { ...appMachineEnvironment(), ...mapped, ...hubEnvironment(settings), PORT: String(port) };
}

/** GRADIO_SERVER_PORT, STREAMLIT_SERVER_PORT and the like, where they name the port that README.md names. */
function withPort(env: Readonly<Record<string, string>>, appPort: number, port: number): Record<string, string> {
  const entries = Object.entries(env).map(([name, value]) => {
    return [name, name.endsWith('PORT') && value === String(appPort) ? String(port) : value] as const;
  });
  return Object.fromEntries(entries);
}
