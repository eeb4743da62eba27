import type { LfsLimits } from '../../lfs/lfs-limits.ts';
import type { MultipartUploads } from '../../lfs/multipart-uploads.ts';
import type { SignedUrls } from '../../lfs/signed-url.ts';
import type { Readings } from '../../readings.ts';
import type { Seed } from '../../seed.ts';
import type { Runtime } from '../../space-runtime.ts';
import type { XetStore } from '../../xet/xet-store.ts';
import type { XetTokens } from '../../xet/xet-tokens.ts';
import type { Accounts } from '../accounts/accounts.ts';
import type { IdentityProvider } from '../accounts/identity-provider.ts';
import type { Buckets } from '../space/buckets.ts';
import type { Spaces } from '../space/spaces.ts';
import type { Faults } from '../traffic/faults.ts';
import type { RateLimits } from '../traffic/rate-limits.ts';
import type { Recorder } from '../traffic/recorder.ts';

/** All that a route may need. */
export interface World {
  /** Base URL, known once the server listens. */
  url: string;
  readonly seed: Seed;
  readonly now: () => Date;
  readonly warn: (message: string) => void;
  readonly readings: Readings;
  readonly accounts: Accounts;
  readonly spaces: Spaces;
  readonly buckets: Buckets;
  readonly runtime: Runtime;
  readonly identityProvider: IdentityProvider;
  readonly signedUrls: SignedUrls;
  readonly uploads: MultipartUploads;
  readonly xetStore: XetStore;
  readonly xetTokens: XetTokens;
  readonly lfsLimits: LfsLimits;
  readonly recorder: Recorder;
  readonly faults: Faults;
  readonly rateLimits: RateLimits;
}
