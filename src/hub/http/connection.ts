import type { Problem } from '../../base/failure.ts';
import { HUB_URL } from '../../inputs/scalars.ts';
import type { Tried } from './retry.ts';
import { type Sending, whereOf } from './sending.ts';

/** Errors of a connection that was never made; after any other one the request may have arrived. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Why nobody is talked to, with the sentence that completes "The Hub could not be asked: …". */
interface Distrust {
  readonly sign: RegExp;
  readonly reason: string;
  readonly cause: string;
  readonly fix: string;
}

const CA_OF_A_PROXY =
  'If a proxy or firewall of your network makes these certificates, save the certificate of its authority (CA) as a PEM file on the runner, and give this step `env: NODE_EXTRA_CA_CERTS: <path of that file>`, or set it for the runner as a whole.';

/** Codes of OpenSSL and Node for what no second try changes. From the most telling to the least. */
const DISTRUST: readonly Distrust[] = [
  {
    sign: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
    reason: 'has a certificate that is not valid today',
    cause: 'The certificate has expired, or the clock of this runner is wrong.',
    fix: `Check the clock of the runner; if it is right, the certificate has to be renewed. ${CA_OF_A_PROXY}`,
  },
  {
    sign: /ALTNAME_INVALID|HOSTNAME_MISMATCH/,
    reason: 'has a certificate for another host',
    cause:
      'Something else answers in its place: a proxy or a sign-in page of your network, or `hub-url` names the wrong host.',
    fix: `Check \`hub-url\` and the proxy settings of the runner. ${CA_OF_A_PROXY}`,
  },
  {
    sign: /CERT|^UNABLE_TO_|^INVALID_(?:CA|PURPOSE)$/,
    reason: 'has a certificate that this runner does not trust',
    cause: 'A proxy or firewall of your network has put a certificate of its own in the place of the real one.',
    fix: CA_OF_A_PROXY,
  },
  {
    sign: /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|UNSUPPORTED_PROTOCOL)$/,
    reason: 'does not speak https',
    cause: 'The port is one for plain http, or a proxy of your network answers in its place.',
    fix: 'Check `hub-url` and the proxy settings of the runner (`https_proxy`, `no_proxy`).',
  },
  {
    sign: /^PROXY_40[37]$/,
    reason: 'is behind a proxy that refuses this runner',
    cause: 'The proxy that `https_proxy` names asks for credentials, or forbids this host.',
    fix: 'Put user and password into `https_proxy` (as a secret), or ask those who run the proxy to allow the hosts of the Hub.',
  },
];

/** What an error of fetch means for whether to try again. */
export function connectionError(error: unknown): Tried {
  const { code, message } = deepest(error);
  const distrust = DISTRUST.find(({ sign }) => sign.test(code));
  if (distrust !== undefined)
    return { ...distrust, kind: 'untrusted', reason: `${distrust.reason} (${code.replace('PROXY_', '')})` };
  if (NEVER_SENT.has(code) || code.startsWith('PROXY_'))
    return { kind: 'unreachable', reason: `could not be reached (${code})` };
  if (code === '23' || /timeout/i.test(message)) return { kind: 'lost', reason: 'did not answer in time' };
  return { kind: 'lost', reason: `broke the connection (${code || message})` };
}

/** The innermost cause: fetch wraps what the socket said, and a host of two addresses fails twice. */
function deepest(error: unknown): { code: string; message: string } {
  const { cause, errors, code, message } = error as Readonly<Record<string, unknown>>;
  if (cause !== undefined) return deepest(cause);
  if (Array.isArray(errors) && errors.length > 0) return deepest(errors[0]);
  const text = String(message ?? error);
  // undici has no code for a proxy that refuses the tunnel.
  const proxy = /^Proxy response \((\d+)\)/.exec(text)?.[1];
  return { code: proxy === undefined ? String(code ?? '') : `PROXY_${proxy}`, message: text };
}

/** All tries together came to no answer: for a person. */
export function noAnswer(sending: Sending, tried: Tried, remark: string | undefined, tries: number): Problem {
  const { session, call, url } = sending;
  const where = whereOf(sending) + (remark ?? '');
  const who = url.origin === session.hub.url ? 'The Hub' : url.host;
  if (tried.kind === 'untrusted') {
    const { cause, fix } = tried;
    return { what: `The Hub could not be asked to ${call.what}: ${url.host} ${tried.reason}.`, where, cause, fix };
  }
  const reason = tried.kind === 'answered' ? `answered ${tried.status}` : tried.reason;
  return {
    what: `The Hub could not be asked to ${call.what}: ${who === 'The Hub' ? 'it' : who} ${reason}, ${tries} times.`,
    where,
    ...(session.hub.url === HUB_URL
      ? {
          cause: 'The Hub has an outage, or the network of this runner has one.',
          fix: 'See https://status.huggingface.co, then run it again; nothing is done twice.',
        }
      : {
          cause: `The Hub of \`hub-url\`, ${session.hub.url}, is not running, or it is another one that was meant.`,
          fix: 'Start it, or correct `hub-url`, then run it again; nothing is done twice.',
        }),
  };
}
