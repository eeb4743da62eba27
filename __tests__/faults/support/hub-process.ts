/**
 * Local Hubs in a process of their own: each of their many git processes starts several times faster from a small
 * process than from that of a test runner. Spoken to over the channel of `fork`; see hubs.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hub } from '../../../emulator/api.ts';
import { createHub } from '../../../emulator/create-hub.ts';
import type { Fault } from '../../../emulator/server/traffic/fault.ts';
import { QuickRuntime } from './quick-runtime.ts';

const hubs: Hub[] = [];
const disarming = new Map<number, (() => void)[]>();

const NO_WAIT = { buildMs: 0, startMs: 0, shaLagMs: 0, stageLagMs: 0 };

const directories: string[] = [];
/** An app keeps its address when its Hub is started again, as on the Hub. */
const ports = new Map<string, number>();

function open(dataDir: string, inParts: boolean, port = 0): Promise<Hub> {
  return createHub({
    port,
    dataDir,
    pace: NO_WAIT,
    ...(inParts ? { lfs: { multipartAboveBytes: 3_000, partBytes: 1_500 } } : {}),
    async startSpaceRuntime({ id }, { hubUrl }) {
      const runtime = await QuickRuntime.start(ports.get(hubUrl + id) ?? 0);
      ports.set(hubUrl + id, Number(new URL(runtime.appUrl).port));
      return runtime;
    },
  });
}

async function untilRequested({ index, route }: { index: number; route: string }): Promise<void> {
  const before = hubOf(index).requests.length;
  const isAsked = () =>
    hubOf(index)
      .requests.slice(before)
      .some((request) => request.route === route);
  while (!isAsked()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const ORDERS = {
  /** A Hub that takes all but small files in parts, or one that takes them whole. */
  async open({ inParts }: { inParts: boolean }) {
    const dataDir = mkdtempSync(join(tmpdir(), 'spaceport-hub-'));
    const hub = await open(dataDir, inParts);
    directories.push(dataDir);
    return { index: hubs.push(hub) - 1, url: hub.url };
  },
  untilRequested,
  /** The same Hub, on its port and with its Spaces, after it has been away for a moment. */
  async restartAt({ index, route }: { index: number; route: string }) {
    await untilRequested({ index, route });
    const { url, close } = hubOf(index);
    await close();
    hubs[index] = await open(directories[index] ?? '', true, Number(new URL(url).port));
  },
  arm({ index, faults }: { index: number; faults: readonly Fault[] }) {
    const hub = hubOf(index);
    disarming.set(
      index,
      faults.map((fault) => hub.fault(fault)),
    );
  },
  disarm({ index }: { index: number }) {
    for (const disarm of disarming.get(index) ?? []) disarm();
  },
  requests({ index, from }: { index: number; from: number }) {
    return hubOf(index)
      .requests.slice(from)
      .map(({ route, status, path }) => ({ route, status, path }));
  },
  count: ({ index }: { index: number }) => hubOf(index).requests.length,
  async space({ index, id }: { index: number; id: string }) {
    const space = hubOf(index).space(id);
    if (space === undefined) return undefined;
    const { variables, secrets, visibility } = space;
    const values = (settings: typeof variables) =>
      Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
    const files = Object.entries(await space.files()).map(([path, { oid, lfs }]) => [path, lfs?.oid ?? oid]);
    const commits = await space.commits();
    return {
      commits: commits.map(({ title }) => title),
      head: commits[0]?.id,
      visibility,
      variables: values(variables),
      secrets: values(secrets),
      volumes: space.volumes,
      files: Object.fromEntries(files) as Record<string, string>,
      stage: space.runtime.answer().stage,
      serving: space.runtime.answer().sha,
      servesSince: (space.runtime as QuickRuntime).servesSince,
    };
  },
  /** Waits until the Space neither builds nor starts. */
  async settled({ index, id }: { index: number; id: string }) {
    const isUnderWay = () => /BUILDING|STARTING/.test(hubOf(index).space(id)?.runtime.answer().stage ?? '');
    while (isUnderWay()) await new Promise((resolve) => setTimeout(resolve, 2));
  },
  async pause({ index, id }: { index: number; id: string }) {
    hubOf(index).space(id)?.runtime.pause();
  },
  async pretend({ index, id, stage }: { index: number; id: string; stage: string | undefined }) {
    hubOf(index)
      .space(id)
      ?.runtime.pretend(stage === undefined ? undefined : { stage });
  },
  async flood({ index, id, lines }: { index: number; id: string; lines: number }) {
    const runtime = hubOf(index).space(id)?.runtime as QuickRuntime | undefined;
    for (let line = 1; line <= lines; line++) runtime?.buildLog.write(`line ${line} of ${lines}`);
  },
  async close() {
    await Promise.all(hubs.splice(0).map((hub) => hub.close()));
    for (const directory of directories) rmSync(directory, { recursive: true, force: true });
  },
};

export type Orders = typeof ORDERS;

function hubOf(index: number): Hub {
  const hub = hubs[index];
  if (hub === undefined) throw new Error(`there is no Hub ${index}`);
  return hub;
}

process.on('message', ({ number, name, order }: { number: number; name: keyof Orders; order: never }) => {
  const carriedOut = async () => (ORDERS[name] as (order: never) => unknown)(order);
  carriedOut().then(
    (answer) => process.send?.({ number, answer }),
    (error: unknown) => process.send?.({ number, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
