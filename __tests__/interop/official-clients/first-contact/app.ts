/** The app of these questions: says which start of it answers, and tries ports. Without dependencies, so that it builds soon. */
export function contactApp(version: number, title = 'Contact'): Readonly<Record<string, string>> {
  return {
    'README.md': readme(title),
    Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
    'server.js': `// version ${version}
const start = require('node:crypto').randomUUID();
const { connect } = require('node:net');
const opens = (host, port) => new Promise((resolve) => {
  const socket = connect({ host, port, timeout: 5000 });
  const end = (is) => { socket.destroy(); resolve(is); };
  socket.on('connect', () => end(true)).on('timeout', () => end(false)).on('error', () => end(false));
});
require('node:http').createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://app');
  const host = searchParams.get('host');
  const ports = pathname === '/ports' ? { 5432: await opens(host, 5432), 6543: await opens(host, 6543) } : undefined;
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ start, version: ${version}, greeting: process.env.GREETING, ports }));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`,
  };
}

export function readme(title: string): string {
  return `---\ntitle: ${title}\nsdk: docker\napp_port: 7860\n---\n`;
}

export const BROKEN = { Dockerfile: 'FROM node:24-slim\nRUN exit 1\nCMD ["node", "server.js"]\n' };
