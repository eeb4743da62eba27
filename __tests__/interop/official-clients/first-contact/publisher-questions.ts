import type { Contact } from './contact.ts';
import { type Finding, notAsked, other, type Place, type Question, reading } from './finding.ts';
import { said } from './static-questions.ts';

/** What a job without a token may do, on the one Space that trusts it. */
export const PUBLISHER_QUESTIONS: readonly Question[] = [
  {
    number: 'U8',
    needs: 'publisher',
    async ask(place) {
      const { workflow = '', idToken = '' } = place.means.publisher ?? {};
      const token = await exchanged(place);
      if (token === undefined) return notAsked('the Hub did not take the identity of the job');
      const claims = claimsOf(idToken);
      const file = /\.github\/workflows\/([^@]+)@/.exec(String(claims['workflow_ref']))?.[1];
      if (workflow === file)
        return reading('a', 'the name of the file is taken; whether the title is, too, was not asked');
      return workflow === claims['workflow'] ? reading('b', 'the title is taken') : other('neither was entered');
    },
  },
  {
    number: 'U6',
    needs: 'publisher',
    async ask(place) {
      const token = await exchanged(place);
      if (token === undefined) return notAsked('the Hub did not take the identity of the job');
      const { contact, means } = place;
      const settings = `/api/spaces/${means.publisher?.space}`;
      const body = { key: 'FIRST_CONTACT', value: '1' };
      const variable = await contact.hub.send({ method: 'POST', to: `${settings}/variables`, body, token });
      const secrets = await contact.hub.send({ to: `${settings}/secrets`, token });
      if (variable.status === 200) await forget(contact, settings, token);
      const saw = `setting a variable ${variable.status}, names of secrets ${secrets.status}`;
      if (variable.status === 200) return reading('b', saw);
      if (variable.status !== 403) return other(saw);
      return reading(secrets.status === 403 ? 'c' : 'a', saw);
    },
  },
  { number: 'U7', needs: 'publisher', ask: askProxy },
];

async function forget({ hub }: Contact, settings: string, token: string): Promise<void> {
  await hub.send({ method: 'DELETE', to: `${settings}/variables`, body: { key: 'FIRST_CONTACT' }, token });
}

/** Hides the Space for a moment; the account's own token does that. */
async function askProxy(place: Place): Promise<Finding> {
  const token = await exchanged(place);
  if (token === undefined) return notAsked('the Hub did not take the identity of the job');
  const { hub } = place.contact;
  const space = `/api/spaces/${place.means.publisher?.space}`;
  const { json } = await hub.send({ to: space });
  const visibility = { method: 'PUT', to: `${space}/settings` };
  const wasPrivate = json['private'] === true;
  if (!wasPrivate) {
    const hidden = await hub.send({ ...visibility, body: { visibility: 'private' } });
    if (hidden.status !== 200) return notAsked(`the Space could not be made private: ${said(hidden)}`);
  }
  const answer = await hub.send({ to: String(json['host']), token });
  if (!wasPrivate) await hub.send({ ...visibility, body: { visibility: 'public' } });
  if (answer.status === 404) return reading('a', '404');
  return answer.status < 400 ? reading('b', String(answer.status)) : other(said(answer));
}

async function exchanged({ contact: { hub }, means: { publisher } }: Place): Promise<string | undefined> {
  if (publisher === undefined) return undefined;
  const answer = await hub.send({
    method: 'POST',
    to: '/oauth/token',
    body: {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      subject_token_type: 'urn:ietf:params:oauth:token-type:id_token',
      subject_token: publisher.idToken,
      resource: `spaces/${publisher.space}`,
    },
  });
  const token = answer.json['access_token'];
  if (typeof token !== 'string') return undefined;
  hub.hide(token, '<publisher token>');
  return token;
}

function claimsOf(idToken: string): Readonly<Record<string, unknown>> {
  const [, payload = ''] = idToken.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
}
