import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';

const REAL = { waits: 'real' } as const;

/** Healthy until it ends, some milliseconds after what was asked of it for the third time. */
const endsAfter = (ms: number) => `
let asked = 0;
require('node:http').createServer((_, response) => {
  response.end('fine');
  if (++asked === 3) setTimeout(() => process.exit(1), ${ms});
}).listen(process.env.PORT || 7860, '0.0.0.0');
`;

test.concurrent.each([200, 2_000])('an app that ends %d ms after its third good answer is not deployed', async (ms) => {
  await using lab = await openLab(dockerApp('1', endsAfter(ms)));

  const run = await lab.deploy({}, REAL);

  expect(run.log).toMatch(/health: 200, healthy \(3 of 3 in a row\)/);
  expect([run.exitCode, run.outputs['result'], run.outputs['stage']]).toEqual([1, 'failed', 'RUNTIME_ERROR']);
  expect(run.errors[0]).toMatch(/^RUNTIME_ERROR: the app did not start, or ended/);
});

test.concurrent('an app that ends after new settings is rolled back to the old ones', async () => {
  const ends = `if (process.env.MODE === 'brief') { ${endsAfter(1_500)} } else { ${endsAfter(1e6)} }`;
  await using lab = await openLab(dockerApp('1', ends));
  await lab.deploy({ variables: 'MODE=long' });

  const run = await lab.deploy({ variables: 'MODE=brief' }, REAL);

  expect([run.exitCode, run.outputs['result']]).toEqual([1, 'rolled-back']);
  expect(lab.space().variables['MODE']?.value).toBe('long');
});

test.concurrent('where nothing was changed, one good answer is enough', async () => {
  await using lab = await openLab(dockerApp('1', endsAfter(1e6)));
  await lab.deploy();

  const run = await lab.deploy();

  expect(run.outputs['result']).toBe('unchanged');
  expect(run.log.match(/health: 200/g)).toHaveLength(1);
});
