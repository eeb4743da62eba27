import { ownValue } from '../base/own-value.ts';
import type { Runtime } from '../hub/runtime.ts';

/** Where the app of a Space is asked and shown to people. */
export interface AppUrl {
  /** Without a slash at its end. */
  readonly url: string;
  /** For people: what is wrong with its custom domains. */
  readonly warnings: readonly string[];
}

/**
 * The first custom domain that is ready, since that is what people use; else the host that the Hub gives each Space.
 * `maybePrivate` keeps to that host: a private app is asked with the token, which must not go to a domain that may
 * belong to somebody else by now. Pure.
 */
export function appUrlOf(host: string, { customDomains = [] }: Runtime, maybePrivate: boolean): AppUrl {
  const isReady = ({ stage }: { readonly stage: string }) => stage === 'READY';
  const ready = customDomains.find(isReady);
  return {
    url: ready === undefined || maybePrivate ? host : `https://${ready.domain}`,
    warnings: customDomains
      .filter((domain) => !isReady(domain))
      .map(({ domain, stage }) => `The custom domain ${domain} does not lead to the app: ${explain(stage)}`),
  };
}

const EXPLAINED: Readonly<Record<string, string>> = {
  MISCONFIGURED: 'its DNS records do not point to the Hub. Correct them as the settings of the Space say.',
  EXPIRED_CHALLENGE: 'the proof that it is yours has expired. Add it again in the settings of the Space.',
};

function explain(stage: string): string {
  return ownValue(EXPLAINED, stage) ?? `the Hub says ${stage}. See the settings of the Space.`;
}
