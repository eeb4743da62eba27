import { Failure } from '../base/failure.ts';
import { type JsonObject, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { getCall, getJson } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

/**
 * URL of the running app, without a slash at its end. Asked for, never computed from the id: what becomes of long names is
 * not known (hub-contract §16.1). `/host` does not answer for every SDK (hub-contract §24, U11); then the Space itself says it.
 *
 * @throws Failure `hub` when the Hub says it nowhere
 */
export async function spaceHost(session: Session, id: string): Promise<string> {
  return hostOf(session, id, await askHost(session, id));
}

/** What `/host` itself says; nothing where it does not answer for this Space. */
export async function askHost(session: Session, id: string): Promise<JsonObject> {
  const call = getCall(`/api/spaces/${id}/host`, `say where ${id} answers`);
  const answer = await send(session, call);
  return answer.status === 404 ? {} : objectOf(accepted(call, answer).json);
}

/** The URL in what `/host` said, or else in what the Space says of itself. @throws Failure `hub` when it is in neither */
export async function hostOf(session: Session, id: string, asked: JsonObject): Promise<string> {
  const host = urlIn(asked);
  if (host !== undefined) return host;
  const info = objectOf(await getJson(session, `/api/spaces/${id}`, `read the Space ${id}`));
  const found = urlIn(info) ?? urlOfSubdomain(info['subdomain'] ?? asked['subdomain'], info['sdk']);
  if (found !== undefined) return found;
  throw new Failure('hub', {
    where: `Space ${id}`,
    what: `The Hub does not say where the app of ${id} answers.`,
    cause: 'It gives the Space neither a host nor a subdomain, so nothing could be proven after a deployment.',
    fix: 'Run it again; if that does not help, see whether the page of the Space shows the app, and report it to the Hub.',
  });
}

function urlIn({ host }: JsonObject): string | undefined {
  const text = textOf(host) ?? '';
  const url = text === '' ? null : URL.parse(text.includes('://') ? text : `https://${text}`);
  return url !== null && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

function urlOfSubdomain(subdomain: unknown, sdk: unknown): string | undefined {
  const name = textOf(subdomain) ?? '';
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(name)) return undefined;
  return `https://${name}.${sdk === 'static' ? 'static.hf.space' : 'hf.space'}`;
}
