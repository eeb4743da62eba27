import { bytes, type Files } from './folder.ts';

const large = new Map<string, string>();

/** Above what git and plain commits may carry (hub-contract §9, §12.2). */
const LARGE = 11 * 1024 * 1024;

/** Text, nothing, binary files with and without a pattern in .gitattributes, a large text; hard names. */
export function staticSite(author: string): Files {
  return {
    'README.md': `---\ntitle: Check\nsdk: static\n---\n\nBy ${author}.\n`,
    'index.html': `<!doctype html>\n<title>${author}</title>\n`,
    'empty.txt': '',
    'sub dir/ünï & co.txt': 'grüße\r\n',
    'picture.png': Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'), bytes(2_000, author)]),
    'models/model.bin': bytes(50_000, author),
    'large text.txt': largeText(author),
  };
}

function largeText(author: string): string {
  const text = large.get(author) ?? bytes(LARGE / 2, author).toString('hex');
  large.set(author, text);
  return text;
}

/** A docker app of two files that says which start of it answers. */
export function dockerApp(): Files {
  return {
    'README.md': '---\ntitle: Check\nsdk: docker\napp_port: 7860\n---\n',
    Dockerfile: 'FROM node:24-slim\nWORKDIR /app\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
    'server.js': `
const start = require('node:crypto').randomUUID();
console.log('The app has started');
require('node:http').createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ start, greeting: process.env.GREETING, password: process.env.PASSWORD }));
}).listen(process.env.PORT || 7860, '0.0.0.0');
`,
  };
}
