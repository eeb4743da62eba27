import type { Command } from '../image/image.ts';
import type { ImagePaths } from '../image/image-paths.ts';

/** The command with the image's paths on this machine, and the free port where it names the app's. */
export function appCommand(
  command: Command,
  paths: ImagePaths,
  appPort: number,
  port: number,
): { command: string; args: string[] } {
  const adapt = (text: string) => replacePort(paths.mapText(text), appPort, port);
  const words = command.form === 'exec' ? command.words.map(adapt) : [...command.shell, adapt(command.text)];
  const [program = '', ...args] = words;
  return { command: program, args };
}

/** `--port 7860`, `--server.port=8501`, `0.0.0.0:7860`: the port as a word of its own, or after `=` or `:`. */
export function replacePort(text: string, appPort: number, port: number): string {
  return text.replace(new RegExp(`(^|[\\s=:'"])${appPort}(?=$|[\\s'"/;&|)])`, 'g'), `$1${port}`);
}
