import type { FastifyInstance } from 'fastify';

const page = (environment: string, version: string, banner: string | null): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Lead scoring API</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 3rem auto; padding: 0 1rem; color: #1f2937; background: #fff }
.banner { padding: .5rem 1rem; border-radius: .5rem; background: #fef3c7 }
code { background: #f3f4f6; padding: .1rem .3rem; border-radius: .25rem }
</style>
</head>
<body>
<h1>Lead scoring API</h1>${banner === null ? '' : `\n<p class="banner">${banner}</p>`}
<p>Send a sales lead to <code>POST /predict</code>; the answer is the probability that it becomes a customer.</p>
<ul>
<li><a href="docs">Documentation</a>, to try it from the browser</li>
<li><a href="health">Health</a></li>
<li><a href="metrics/summary">Summary of the predictions</a></li>
</ul>
<p>Version ${version}, ${environment}</p>
</body>
</html>
`;

/** GET /: what a visitor of the Space's page sees in its frame. */
export function home(app: FastifyInstance, environment: string, version: string, banner: string | null): void {
  const html = page(environment, version, banner);
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.type('text/html; charset=utf-8').send(html));
}
