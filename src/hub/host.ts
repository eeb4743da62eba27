import { Failure } from '../base/failure.ts';
import { type JsonObject, objectOf, textOf } from './http/json.ts';
import { accepted } from './http/refusal.ts';
import { getCall, getJson } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

/**
 * URL of the running app, without a slash at its end. Asked for, never computed from the id: long names are shortened
 * (hub-contract §16.1). `/host` does not answer for every SDK (hub-contract §24, U11); then the Space itself says it.
 *
 * @throws Failure `hub` when the Hub says it nowhere
 */
export async function spaceHost(session: Session, id: string): Promise<string> {
  const call = getCall(`/api/spaces/${id}/host`, `say where ${id} answers`);
  const answer = await send(session, call);
  const asked = answer.status === 404 ? undefined : hostIn(objectOf(accepted(call, answer).json), undefined);
  if (asked !== undefined) return asked;
  const info = objectOf(await getJson(session, `/api/spaces/${id}`, `read the Space ${id}`));
  const found = hostIn(info, textOf(info['sdk']));
  if (found !== undefined) return found;
  throw new Failure('hub', {
    where: `GET ${call.path}`,
    what: `The Hub does not say where the app of ${id} answers.`,
    cause:
      'Neither the host of the Space nor the Space itself has an address, so nothing could be proven after a deployment.',
    fix: 'Open the page of the Space: if its app is shown, report this with the request; if not, look at its settings.',
  });
}

function hostIn(body: JsonObject, sdk: string | undefined): string | undefined {
  const host = textOf(body['host']) ?? '';
  const named = host === '' ? null : URL.parse(host.includes('://') ? host : `https://${host}`);
  if (named !== null && /^https?:$/.test(named.protocol)) return named.origin;
  const subdomain = textOf(body['subdomain']) ?? '';
  if (!/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(subdomain)) return undefined;
  return `https://${subdomain}.${sdk === 'static' ? 'static.hf.space' : 'hf.space'}`;
}
