import { shownCredential } from './credentials.ts';
import { bad, good, type Parsed } from './parsed.ts';
import { HUB_URL } from './scalars.ts';

/** The name of a Space. */
export interface SpaceId {
  readonly owner: string;
  readonly name: string;
  /** `owner/name`. */
  readonly id: string;
}

const FORM = 'Write owner/name, as in acme/my-app, or the URL of the Space.';

/** `owner/name`, or the Space's URL on this Hub; by the Hub's rules for names (hub-contract §1). */
export function parseSpace(text: string, hubUrl: string | undefined): Parsed<SpaceId> {
  if (text === '') return bad({ what: 'No Space is named.', fix: FORM });
  const credential = shownCredential(text);
  if (credential !== undefined) return bad(credential);
  const id = withoutHost(text, [hubUrl ?? HUB_URL, HUB_URL, 'https://hf.co']);
  const [owner = '', name = '', ...more] = id.split('/');
  const said = { what: `${JSON.stringify(text)} is not the name of a Space.` };
  if (more.length > 0 || owner === '' || name === '') return bad({ ...said, fix: FORM });
  const cause = wrongOwner(owner) ?? wrongName(name);
  return cause === undefined ? good({ owner, name, id: `${owner}/${name}` }) : bad({ ...said, cause, fix: FORM });
}

/** The same for an input that may be empty, and must not name `ours`; the Hub ignores case in names. */
export function parseOtherSpace(
  text: string,
  hubUrl: string | undefined,
  ours: SpaceId | undefined,
): Parsed<SpaceId | undefined> {
  if (text === '') return good(undefined);
  const parsed = parseSpace(text, hubUrl);
  return parsed.ok && parsed.value.id.toLowerCase() === ours?.id.toLowerCase()
    ? bad({
        what: `${ours.id} is the Space that is deployed to.`,
        fix: "Name the other environment's Space, or leave the input out.",
      })
    : parsed;
}

function withoutHost(text: string, hosts: readonly string[]): string {
  const host = hosts.find((origin) => text.startsWith(`${origin}/spaces/`));
  return host === undefined ? text : text.slice(`${host}/spaces/`.length).replace(/\/$/, '');
}

function wrongOwner(owner: string): string | undefined {
  if (!/^[A-Za-z0-9-]{2,42}$/.test(owner)) return 'An owner has 2 to 42 letters, digits and dashes.';
  if (/^-|-$|--/.test(owner)) return 'An owner has no dash at its ends and no two in a row.';
  if (/^(\d+|[0-9a-f]{24})$/i.test(owner)) return 'An owner is not made of digits alone, nor of 24 hexadecimal ones.';
  return undefined;
}

function wrongName(name: string): string | undefined {
  if (!/^[A-Za-z0-9._-]{1,96}$/.test(name)) return 'A name has 1 to 96 letters, digits, dashes, dots and underscores.';
  if (/^[-.]|[-.]$|--|\.\.|\.git$/.test(name)) {
    return 'A name has no dash or dot at its ends, no two of them in a row, and does not end in .git.';
  }
  return undefined;
}
