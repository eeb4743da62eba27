import type { Hub } from '../hub.ts';

/** The header that signs a request to the Hub itself; none before there is a token. */
export function authorization({ token }: Hub): Readonly<Record<string, string>> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}
