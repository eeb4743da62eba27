import { join } from 'node:path';
import type { HubOptions } from '../../api.ts';
import { defaultLfsLimits } from '../../lfs/lfs-limits.ts';
import { MultipartUploads } from '../../lfs/multipart-uploads.ts';
import { SignedUrls } from '../../lfs/signed-url.ts';
import { chooseReadings } from '../../readings.ts';
import { defaultSeed, type Seed } from '../../seed.ts';
import type { EngineName, NotRehearsable, Pace, Runtime } from '../../space-runtime.ts';
import { XetStore } from '../../xet/xet-store.ts';
import { XetTokens } from '../../xet/xet-tokens.ts';
import { Accounts } from '../accounts/accounts.ts';
import { IdentityProvider } from '../accounts/identity-provider.ts';
import { Buckets } from '../space/buckets.ts';
import { spaceSource } from '../space/space-source.ts';
import { Spaces } from '../space/spaces.ts';
import { Faults } from '../traffic/faults.ts';
import { RateLimits } from '../traffic/rate-limits.ts';
import { Recorder } from '../traffic/recorder.ts';
import type { World } from './world.ts';

/** Quick enough for tests, and still with every stage in its order. */
const testPace: Pace = {
  buildMs: 100,
  startMs: 50,
  shaLagMs: 50,
  stageLagMs: 50,
  settingsLagMs: 1_000,
  startTimeoutMs: 30_000,
};

export async function createWorld(options: HubOptions, dataDir: string): Promise<World> {
  const now = options.now ?? (() => new Date());
  const seed: Seed = { ...defaultSeed, ...options.seed };
  const pace: Pace = { ...testPace, ...options.pace };
  const readings = chooseReadings(options.readings);
  const accounts = new Accounts(seed, now);
  const buckets = new Buckets(join(dataDir, 'buckets'));
  const runtime = await runtimeOf(options);
  const world: World = {
    url: '',
    seed,
    now,
    warn: options.warn ?? (() => {}),
    readings,
    accounts,
    buckets,
    runtime,
    spaces: new Spaces({
      dir: join(dataDir, 'spaces'),
      now,
      readings,
      startRuntime: (space) =>
        runtime.start(spaceSource(space, accounts, buckets), {
          pace,
          readings,
          workDir: join(dataDir, 'apps'),
          hubUrl: world.url,
          onNotRehearsable:
            options.onNotRehearsable ?? ((found) => world.warn(notRehearsableText(found, runtime.engine.name))),
        }),
    }),
    identityProvider: new IdentityProvider(now),
    signedUrls: new SignedUrls(),
    uploads: new MultipartUploads(join(dataDir, 'uploads')),
    xetStore: new XetStore(join(dataDir, 'xet')),
    xetTokens: new XetTokens(now),
    lfsLimits: { ...defaultLfsLimits, ...options.lfs },
    recorder: new Recorder(),
    faults: new Faults(),
    rateLimits: new RateLimits({ enforced: options.enforceRateLimits ?? false, now }),
  };
  return world;
}

function notRehearsableText({ space, reasons }: NotRehearsable, engine: EngineName): string {
  const fix = ' Fix: install Docker (or Podman), and start the local Hub with --engine auto.';
  return `${space} cannot be rehearsed here, which says nothing about the app. ${reasons.join(' ')}${engine === 'process' ? fix : ''}`;
}

export async function resetWorld(world: World): Promise<void> {
  world.faults.reset();
  await world.spaces.removeAll();
  await world.buckets.removeAll();
  world.accounts.reset();
  await world.xetStore.reset();
  world.xetTokens.reset();
  world.identityProvider.reset();
  world.rateLimits.reset();
  world.recorder.reset();
}

async function runtimeOf({ startSpaceRuntime: start, engine }: HubOptions): Promise<Runtime> {
  if (start) return { engine: { name: 'process', why: 'nothing runs' }, start, close: async () => undefined };
  // Loaded only when Spaces are really run.
  const { openRuntime } = await import(/* webpackMode: "eager" */ '../../runtime/space/open-runtime.ts');
  return openRuntime(engine ?? 'process');
}
