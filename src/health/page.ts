import { type App, askApp, VISIT } from './app.ts';
import { forbidsFraming } from './framing.ts';

/** The page that people see when they open the Space. */
export interface Page {
  /** `/`, or the `base_path` of the front matter. */
  readonly path: string;
  /** Whether the Hub is to show it in a frame of its own page. */
  readonly framed: boolean;
}

/**
 * Asks once for the page that people see, and gives a sentence for each thing that they would stumble over. Never
 * throws, except when the job is cancelled: an app that does not answer here has just been healthy, and nothing is
 * known of its page.
 */
export async function checkPage(app: App, { path, framed }: Page): Promise<readonly string[]> {
  const response = await askApp(app, { ...VISIT, path });
  // What another host answers is not for the app to say.
  if (response.kind !== 'answered') return [];
  const problems: string[] = [];
  if (response.status === 404 || response.status >= 500) problems.push(notThere(path, response.status));
  const forbidding = framed ? forbidsFraming(response.header) : undefined;
  if (forbidding !== undefined) problems.push(notFramed(path, forbidding));
  return problems;
}

function notThere(path: string, status: number): string {
  return `People who open the Space see an error: ${path} answers ${status}. If the app has its page elsewhere, set \`base_path\` to that path in the front matter or in \`card\`.`;
}

function notFramed(path: string, forbidding: string): string {
  return `People who open the Space see an empty frame: the Hub shows the app in a frame of https://huggingface.co, and ${path} forbids that by ${JSON.stringify(forbidding.slice(0, 200))}. Let the app answer without this header, or with Content-Security-Policy: frame-ancestors https://huggingface.co.`;
}
