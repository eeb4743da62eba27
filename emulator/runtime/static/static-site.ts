import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, normalize } from 'node:path';
import send from 'send';
import { page } from '../front/pages.ts';
import type { Serving } from '../front/serving.ts';
import type { SiteImage } from '../image/image.ts';
import type { SiteFiles } from './site-files.ts';

export interface SiteSettings {
  readonly hubUrl: string;
  /** Variables and secrets alike: the Hub shows both to every visitor of a static Space (hub-contract §14). */
  readonly exposed: () => Readonly<Record<string, string>>;
}

/** The file server of a static Space (hub-contract §16.3). */
export function staticSite(image: SiteImage, files: SiteFiles, settings: SiteSettings): Serving {
  return {
    handle(request, response) {
      serve({ image, files, settings }, request, response).catch(() => page(response, 404, '404'));
    },
    upgrade(_request, socket) {
      socket.destroy();
    },
    async drained() {},
  };
}

interface Site {
  readonly image: SiteImage;
  readonly files: SiteFiles;
  readonly settings: SiteSettings;
}

async function serve(
  { image, files, settings }: Site,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://space');
  const path = normalize(decodeURIComponent(pathname));
  if (path === '/') return redirect(response, `/${image.appFile}`);
  // There is no index of a directory: the Hub redirects to a page of its own.
  if (path.endsWith('/')) return redirect(response, `${settings.hubUrl}/${pathname.replace(/^\/+|\/+$/g, '')}`);
  if (!(await files.fetch(path.slice(1)))) return page(response, 404, '404');
  const exposed = settings.exposed();
  if (/\.html?$/.test(path) && Object.keys(exposed).length > 0)
    return sendHtml(join(image.root, path), exposed, request, response);
  // It decodes the path itself.
  send(request, encodeURI(path).replace(/[?#]/g, encodeURIComponent), {
    root: image.root,
    index: false,
    dotfiles: 'allow',
  })
    .on('error', () => page(response, 404, '404'))
    .pipe(response);
}

async function sendHtml(
  file: string,
  variables: Readonly<Record<string, string>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const json = JSON.stringify({ variables }).replaceAll('<', '\\u003c');
  const script = `<script>window.huggingface=${json};</script>`;
  const html = await readFile(file, 'utf8');
  const body = /<head[^>]*>/i.test(html) ? html.replace(/<head[^>]*>/i, (head) => head + script) : script + html;
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { location }).end();
}
