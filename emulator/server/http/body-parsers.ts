import type { FastifyInstance } from 'fastify';
import { badRequest } from './refusals.ts';

/** JSON and forms are parsed; everything else (NDJSON, LFS objects, git packs) reaches its route as a stream. */
export function addBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/(vnd\.git-lfs\+)?json/,
    { parseAs: 'string' },
    async (_: unknown, body: string) => parseJson(body),
  );
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_: unknown, body: string) => parseForm(body),
  );
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}

/** An empty body under `application/json` is what some clients send with POST and DELETE. */
function parseJson(body: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body);
  } catch {
    throw badRequest('Invalid JSON');
  }
}

function parseForm(body: string): Record<string, string[]> {
  const form = new URLSearchParams(body);
  return Object.fromEntries([...new Set(form.keys())].map((key) => [key, form.getAll(key)]));
}
