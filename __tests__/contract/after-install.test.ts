import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

/** What `npm ci` ends with, where npm itself runs on this Node. */
const said = (agent: string) =>
  spawnSync(process.execPath, ['scripts/after-install.js'], {
    env: { npm_config_user_agent: agent },
    encoding: 'utf8',
  }).stdout;

test.each(['npm/11.0.0 node/v24.0.0 linux x64', 'npm/12.0.0 node/v26.1.0 darwin arm64', ''])(
  'nothing on a Node that is new enough, or not known: %j',
  (agent) => {
    expect(said(agent)).toBe('');
  },
);

test('on another Node one line says what is done', () => {
  const { node } = process.versions;
  expect(said('npm/10.8.2 node/v20.20.2 linux x64 workspaces/false')).toBe(
    `npm runs on Node 20.20.2. The commands here run on Node ${node}, which is in node_modules now: there is nothing to do.\n`,
  );
});

test('npm itself keeps quiet about the Node of each package', () => {
  expect(readFileSync('.npmrc', 'utf8')).toMatch(/^loglevel=error$/m);
  expect(JSON.parse(readFileSync('package.json', 'utf8')).scripts.prepare).toBe('node scripts/after-install.js');
});
