import { expect, test } from '@jest/globals';
import { appUrlOf } from '../../../src/space/app-url.ts';

const HOST = 'https://me-app.hf.space';
const on = (...customDomains: readonly { readonly domain: string; readonly stage: string }[]) => ({
  stage: 'RUNNING',
  customDomains,
});
const READY = { domain: 'app.example', stage: 'READY' };
const BROKEN = { domain: 'old.example', stage: 'MISCONFIGURED' };
const WARNING =
  'The custom domain old.example does not lead to the app: its DNS records do not point to the Hub. Correct them as the settings of the Space say.';

test.each([
  ['no custom domain', { stage: 'RUNNING' }, false, HOST, []],
  ['one that is ready', on(READY), false, 'https://app.example', []],
  [
    'the first that is ready, of several',
    on(BROKEN, READY, { ...READY, domain: 'b.example' }),
    false,
    'https://app.example',
    [WARNING],
  ],
  ['none that is ready', on(BROKEN), false, HOST, [WARNING]],
  ['one that is ready, of a private Space: its token stays at home', on(READY), true, HOST, []],
  [
    'one that is not ready yet',
    on({ domain: 'new.example', stage: 'PENDING_CHALLENGE' }),
    false,
    HOST,
    [
      'The custom domain new.example does not lead to the app: the Hub says PENDING_CHALLENGE. See the settings of the Space.',
    ],
  ],
  [
    'one whose proof is over',
    on({ domain: 'x.example', stage: 'EXPIRED_CHALLENGE' }),
    false,
    HOST,
    [
      'The custom domain x.example does not lead to the app: the proof that it is yours has expired. Add it again in the settings of the Space.',
    ],
  ],
])('%s', (_, runtime, maybePrivate, url, warnings) => {
  expect(appUrlOf(HOST, runtime, maybePrivate)).toEqual({ url, warnings });
});
