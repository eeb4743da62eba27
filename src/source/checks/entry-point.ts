import type { Problem } from '../../base/failure.ts';
import type { HubSdk } from '../../inputs/sdk.ts';

/** What each SDK starts with, unless the front matter names another file. */
const ENTRY: Readonly<Record<HubSdk, string>> = { docker: 'Dockerfile', gradio: 'app.py', static: 'index.html' };

/**
 * A Space without the file that it starts with would go down at once. A static one may be built by the Hub instead, and
 * `mayStay` names files that are kept on the Space although they are not in the source.
 */
export function missingEntryPoint(
  sdk: HubSdk,
  card: Readonly<Record<string, unknown>>,
  has: (path: string) => boolean,
  mayStay: (path: string) => boolean,
): readonly Problem[] {
  const named = sdk === 'docker' ? undefined : card['app_file'];
  const entry = typeof named === 'string' ? named : ENTRY[sdk];
  if (has(entry) || mayStay(entry) || (sdk === 'static' && card['app_build_command'] !== undefined)) return [];
  return [
    {
      where: 'input `path`',
      what: `A ${sdk} Space starts with ${JSON.stringify(entry)}, and that is not among the deployed files.`,
      cause:
        typeof named === 'string' ? 'The front matter names it as app_file.' : 'This is where the Hub looks for it.',
      fix: 'Deploy the directory that holds it, name it in `include` if git ignores it, or `rename` another file to it.',
    },
  ];
}
