/** A healthy docker app without dependencies, which answers with its version and environment. */
export function dockerApp(version: string, server = healthyServer(version)): Record<string, string> {
  return {
    'README.md': '---\ntitle: Probe\nsdk: docker\napp_port: 7860\n---\n\n# Probe\n',
    Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
    'server.js': server,
  };
}

/** Answers every path with its version, its environment and its greeting. */
export function healthyServer(version: string): string {
  return `
require('node:http').createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ status: 'healthy', version: '${version}', environment: process.env.APP_ENV, greeting: process.env.GREETING }));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;
}

/** Answers with what a function of the number of the request returns: [status, body, headers], or undefined for no answer. */
export function scriptedServer(answer: string): string {
  return `
let asked = 0;
const answer = ${answer};
require('node:http').createServer((request, response) => {
  const answered = answer(++asked, request);
  if (answered === undefined) return;
  const [status, body, headers] = answered;
  response.writeHead(status, headers ?? { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;
}

export function staticSite(text: string): Record<string, string> {
  return {
    'README.md': '---\ntitle: Site\nsdk: static\n---\n',
    'index.html': `<!doctype html>\n<html><head><title>Site</title></head><body>${text}</body></html>\n`,
    'data.txt': `${text}\n`,
  };
}
