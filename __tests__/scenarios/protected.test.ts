import { expect, test } from '@jest/globals';
import { dockerApp } from './support/apps.ts';
import { openLab, writes } from './support/lab.ts';

test.concurrent.each(['a', 'b', 'c'] as const)(
  'a protected Space is as it should be, whatever the Hub says of it (U5%s)',
  async (U5) => {
    await using lab = await openLab(dockerApp('1'), { readings: { U5 } });
    await lab.deploy({ visibility: 'private' });

    const first = await lab.deploy({ visibility: 'protected' });
    const again = await lab.deploy({ visibility: 'protected' });
    const drift = await lab.deploy({ visibility: 'protected', mode: 'plan', expect: 'unchanged' });

    expect([first.errors, first.outputs['result'], lab.space().visibility]).toEqual([[], 'deployed', 'protected']);
    expect([again.errors, again.outputs['result'], again.outputs['changed']]).toEqual([[], 'unchanged', 'false']);
    expect(writes(again.requests)).toEqual(U5 === 'a' ? [] : ['PUT /api/spaces/me/app/settings']);
    expect([drift.exitCode, writes(drift.requests)]).toEqual([0, []]);
  },
);
