import { expect, test } from '@jest/globals';
import { staticSite } from './support/apps.ts';
import { openLab } from './support/lab.ts';
import { type Links, startHubWithStore } from './support/signed-store.ts';

const MODEL = Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 7) % 256));
const IN_PARTS = { multipartAboveBytes: 1_000, partBytes: 2_000 };
const WHOLE = { multipartAboveBytes: 10_000, partBytes: 2_000 };
const LINKS = ['here', 'elsewhere', 'redirected'] as const;
const WHERE: Readonly<Record<Links, string>> = {
  here: 'on the host of the Hub itself',
  elsewhere: 'on another host',
  redirected: 'on the host of the Hub, which redirects to another',
};

const cases = LINKS.flatMap((links) => [
  { where: WHERE[links], how: 'whole', links, lfs: WHOLE, calls: ['PUT'] },
  { where: WHERE[links], how: 'in parts', links, lfs: IN_PARTS, calls: ['POST', 'PUT', 'PUT', 'PUT'] },
]);

test.concurrent.each(cases)(
  'a store $where takes a large file $how: it gets the signature of the link, and no token',
  async ({ links, lfs, calls }) => {
    await using lab = await openLab({ ...staticSite('one'), 'model.bin': MODEL }, { lfs });
    await using hub = await startHubWithStore(lab.hub, links);

    const run = await lab.deploy({ 'hub-url': hub.url });

    const content = await lab.space().read('model.bin');
    expect([run.errors, run.outputs['result'], content.equals(MODEL)]).toEqual([[], 'deployed', true]);
    const twice = links === 'redirected' ? 2 : 1;
    expect(hub.stored.map(({ method }) => method).sort()).toEqual(
      calls.flatMap((method) => Array.from({ length: twice }, () => method)),
    );
    expect(JSON.stringify(hub.stored.map(({ headers }) => [...headers]))).not.toMatch(/authorization|hf_me_write/);
    expect(run.log).not.toMatch(/signature=/);
  },
);
