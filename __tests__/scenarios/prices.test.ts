import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab } from './support/lab.ts';

test.concurrent('what hardware costs is told when it is asked for, and when it is paid already', async () => {
  await using lab = await openLab(dockerApp('1'));

  const planned = await lab.deploy({ mode: 'plan', hardware: 'cpu-upgrade' });
  const asked = await lab.deploy({ hardware: 'cpu-upgrade' });
  const paid = await lab.deploy();
  const free = await lab.deploy({ hardware: 'cpu-basic' });
  const unpaid = await lab.deploy();

  const cost =
    '`cpu-upgrade` costs $0.03 an hour for as long as the Space runs: https://huggingface.co/pricing. It never sleeps by itself; `sleep-time` would let it.';
  expect([planned.warnings, asked.warnings, paid.warnings]).toEqual([[cost], [cost], []]);
  for (const run of [planned, asked, paid]) {
    expect(run.log).toMatch(/^Hardware: cpu-upgrade, \$0\.03 an hour\.$/m);
    expect(run.summary).toContain('| Hardware | <code>cpu-upgrade</code>, &#36;0.03 an hour |');
  }
  expect(JSON.parse(paid.outputs['plan'] ?? '')).toMatchObject({
    hardware: { flavor: 'cpu-upgrade', price: { usd: 0.03, unit: 'hour' } },
  });
  expect(free.log).toMatch(/^Hardware: cpu-basic, free\.$/m);
  expect(unpaid.log).not.toContain('Hardware:');
});

test.concurrent('a Hub that does not say its prices stops nothing', async () => {
  await using lab = await openLab(dockerApp('1'));
  // biome-ignore lint/suspicious/noThenProperty: a fault says what happens `then`
  lab.hub.fault({ route: 'GET /api/spaces/hardware', then: { status: 404 } });

  const run = await lab.deploy({ hardware: 'cpu-upgrade' });

  expect([run.errors, run.outputs['result']]).toEqual([[], 'deployed']);
  expect(run.warnings).toEqual([expect.stringMatching(/^`cpu-upgrade` costs money for as long as the Space runs/)]);
});
