import type { Fetch } from '../edges/fetch.ts';
import { forbidsFraming } from './framing.ts';

/** The page that people see when they open the Space. */
export interface Page {
  /** `/`, or the `base_path` of the front matter. */
  readonly path: string;
  /** Whether the Hub is to show it in a frame of its own page. */
  readonly framed: boolean;
}

const DEADLINE_MS = 10_000;

/**
 * Asks once for the page that people see, and gives a sentence for each thing that they would stumble over. The token
 * goes along to a private app only. Never throws, but when the job is cancelled: an app that does not answer here has
 * just been healthy, and nothing is known of its page.
 */
export async function checkPageOf(
  fetch: Fetch,
  appUrl: string,
  { path, framed }: Page,
  token: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const response = await fetch(appUrl + path, {
      headers: { accept: 'text/html', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
    });
    await response.body?.cancel();
    // What another host answers is not for the app to say.
    if (new URL(response.url).origin !== new URL(appUrl).origin) return [];
    const forbidding = framed ? forbidsFraming((name) => response.headers.get(name)) : undefined;
    return [
      ...(response.status === 404 || response.status >= 500 ? [notThere(path, response.status)] : []),
      ...(forbidding === undefined ? [] : [notFramed(path, forbidding)]),
    ];
  } catch {
    signal.throwIfAborted();
    return [];
  }
}

function notThere(path: string, status: number): string {
  return `Who opens the Space sees an error: ${path} answers ${status}. If the app has its page elsewhere, name that as \`base_path\` in the front matter or in \`card\`.`;
}

function notFramed(path: string, forbidding: string): string {
  return `Who opens the Space sees an empty frame: the Hub shows the app in a frame of https://huggingface.co, and ${path} forbids that by ${JSON.stringify(forbidding.slice(0, 200))}. Let the app answer without it, or with Content-Security-Policy: frame-ancestors https://huggingface.co.`;
}
