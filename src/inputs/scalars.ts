import { bad, good, type Parsed } from './parsed.ts';

/** Where the Hub is when nothing else is said. */
export const HUB_URL = 'https://huggingface.co';

/** The Hub's origin. Plain http is accepted on loopback only: the token would cross the network in the clear. */
export function parseHubUrl(text: string): Parsed<string> {
  if (text === '') return good(HUB_URL);
  const url = URL.parse(text);
  const form = { cure: `Give the Hub's origin alone, as in ${HUB_URL}.` };
  if (!url || !/^https?:$/.test(url.protocol)) return bad({ what: `${JSON.stringify(text)} is not a URL.`, ...form });
  if (url.username || url.password) return bad({ what: 'The URL holds credentials.', ...form });
  if (url.pathname !== '/' || url.search || url.hash)
    return bad({ what: `${url.href} is more than an origin.`, ...form });
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  return url.protocol === 'https:' || loopback
    ? good(url.origin)
    : bad({ what: `${url.origin} would carry the token in the clear.`, cure: 'Use https.' });
}
