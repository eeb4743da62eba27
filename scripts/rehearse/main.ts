/** `npm start`: deploys the example through dist/index.js to a local Hub, so that a deployment can be watched. */
import { existsSync } from 'node:fs';

const root = new URL('../../', import.meta.url);

function missing(): string | undefined {
  if (Number.parseInt(process.versions.node, 10) < 24)
    return `This is Node ${process.versions.node}: on Linux x64, npm start uses its own Node 24; elsewhere, install Node 24.`;
  if (!existsSync(new URL('dist/index.js', root))) return 'There is no dist/index.js. Fix: npm run build';
  if (!existsSync(new URL('node_modules/fastify/package.json', root))) return 'Run `npm ci` first.';
  return undefined;
}

const reason = missing();
if (reason === undefined) {
  // Not a static import: an older Node, or a checkout without packages, would fail before it could be told so.
  const { startRehearsal } = await import('./start-rehearsal.ts');
  process.exitCode = await startRehearsal(process.argv.slice(2));
} else {
  console.error(reason);
  process.exitCode = 2;
}
