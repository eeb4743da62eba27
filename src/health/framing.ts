import { HUB_URL } from '../inputs/scalars.ts';

/** What of an answer's headers says who may frame it; the header as it came. */
type Said = (name: string) => string | null;

/**
 * The header by which an app forbids the Hub to show it in a frame of its page, as browsers read it; undefined when it
 * may. A `frame-ancestors` outranks X-Frame-Options, and of several policies each must allow it.
 */
export function forbidsFraming(said: Said): string | undefined {
  const directives = (said('content-security-policy') ?? '')
    .split(',')
    .map((policy) => policy.split(';').map(words).find(isFrameAncestors))
    .filter((directive) => directive !== undefined)
    .map(([, ...sources]) => sources);
  const forbidding = directives.find((sources) => !sources.some(allowsTheHub));
  if (forbidding !== undefined) {
    return `Content-Security-Policy: frame-ancestors ${forbidding.join(' ')}`.trim();
  }
  if (directives.length > 0) return undefined;
  const options = said('x-frame-options') ?? '';
  return options.split(',').some((option) => /^\s*(deny|sameorigin)\s*$/i.test(option))
    ? `X-Frame-Options: ${options}`
    : undefined;
}

function words(directive: string): string[] {
  return directive.trim().split(/\s+/);
}

function isFrameAncestors([name]: readonly string[]): boolean {
  return name?.toLowerCase() === 'frame-ancestors';
}

/** Whether a source of `frame-ancestors` matches https://huggingface.co (CSP 3, 6.7.2.8). */
function allowsTheHub(source: string): boolean {
  if (source === '*' || /^https?:$/i.test(source)) return true;
  const [, scheme = 'https', host = '', port = '443'] =
    /^(?:([a-z][a-z0-9+.-]*):\/\/)?([^/:]+)(?::(\d+|\*))?(?:\/.*)?$/i.exec(source) ?? [];
  const isPort = port === '443' || port === '*' || (port === '80' && scheme.toLowerCase() === 'http');
  return /^https?$/i.test(scheme) && isPort && (host === '*' || host.toLowerCase() === new URL(HUB_URL).host);
}
