import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DOCKERFILE = `FROM node:24-slim
WORKDIR /app
COPY . .
USER node
CMD ["node", "server.js"]
`;

/** An app that answers with its environment and greeting. */
export const ANSWERING = `require('node:http')
  .createServer((_, answer) => answer.end(JSON.stringify({ environment: process.env.APP_ENV, greeting: process.env.GREETING })))
  .listen(process.env.PORT ?? 7860);
`;

/** A directory with a docker app without dependencies, outside of any git repository. */
export function tinyApp(server: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'tiny-app-'));
  writeFileSync(join(directory, 'Dockerfile'), DOCKERFILE);
  writeFileSync(join(directory, 'server.js'), server);
  return directory;
}
