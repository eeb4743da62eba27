import type { FastifyInstance } from 'fastify';
import { repoNotFound } from '../http/refusals.ts';
import { param } from '../http/request-parts.ts';
import { shownRuntime } from '../space/shown-runtime.ts';
import type { Space } from '../space/space.ts';
import type { World } from '../world/world.ts';

/** Pages for people who watch a rehearsal. They are on loopback, so everybody sees all Spaces. */
export function pageRoutes(app: FastifyInstance, world: World): void {
  app.get('/', async (_request, reply) => {
    const rows = world.spaces.all().map(row).join('');
    const list = rows === '' ? '<p>No Spaces yet.</p>' : `<table>${rows}</table>`;
    return reply.type('text/html; charset=utf-8').send(page('Local Hub', list));
  });

  app.get('/spaces/:owner/:name', async (request, reply) => {
    const space = world.spaces.find(`${param(request, 'owner')}/${param(request, 'name')}`);
    if (!space) throw repoNotFound();
    return reply.type('text/html; charset=utf-8').send(page(space.id, await details(space)));
  });
}

function row(space: Space): string {
  const { stage } = shownRuntime(space);
  const app = link(space.runtime.appUrl, 'app');
  return `<tr><td>${link(`/spaces/${space.id}`, space.id)}</td><td>${escaped(stage)}</td><td>${app}</td></tr>`;
}

async function details(space: Space): Promise<string> {
  const { stage, sha, errorMessage = '' } = shownRuntime(space);
  const head = await space.repository.head();
  const commits = await space.repository.log(head, { count: 10 });
  const history = commits.map(({ id, title }) => `<li><code>${id.slice(0, 7)}</code> ${escaped(title)}</li>`).join('');
  return `<p>${escaped(stage)} ${escaped(errorMessage)} ${link(space.runtime.appUrl, space.runtime.appUrl)}</p>
<p>Running <code>${sha?.slice(0, 7) ?? 'nothing'}</code>, head <code>${head.slice(0, 7)}</code>, ${space.visibility}</p>
<p>Variables: ${names(space.record.variables)}. Secrets: ${names(space.record.secrets)}.</p>
<ol>${history}</ol>`;
}

function names(settings: Readonly<Record<string, unknown>>): string {
  return Object.keys(settings).map(escaped).join(', ') || 'none';
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title>
<style>body{font:1rem system-ui;margin:2rem}td{padding:.2rem 1rem .2rem 0}</style>
<h1>${escaped(title)}</h1>${body}</html>`;
}

function link(href: string, label: string): string {
  return `<a href="${escaped(href)}">${escaped(label)}</a>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
