import { expect, test } from '@jest/globals';
import { connectionError } from '../../../../src/hub/http/connection.ts';

const failed = (code: string, message = '') =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
const kindOf = (code: string, message?: string) => {
  const tried = connectionError(failed(code, message));
  return tried.kind === 'answered' ? tried.kind : [tried.kind, tried.reason];
};

test.each([
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_REVOKED',
  'INVALID_CA',
])('%s: somebody has put another certificate there', (code) => {
  expect(kindOf(code)).toEqual(['untrusted', `has a certificate that this runner does not trust (${code})`]);
});

test.each([
  ['CERT_HAS_EXPIRED', 'has a certificate that is not valid today'],
  ['CERT_NOT_YET_VALID', 'has a certificate that is not valid today'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'has a certificate for another host'],
  ['HOSTNAME_MISMATCH', 'has a certificate for another host'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'does not speak https'],
  ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 'does not speak https'],
])('%s: no second try changes it', (code, reason) => {
  expect(kindOf(code)).toEqual(['untrusted', `${reason} (${code})`]);
});

test.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])(
  '%s: nothing was sent',
  (code) => {
    expect(kindOf(code)).toEqual(['unreachable', `could not be reached (${code})`]);
  },
);

test.each([
  ['ECONNRESET', '', 'broke the connection (ECONNRESET)'],
  ['UND_ERR_SOCKET', 'other side closed', 'broke the connection (UND_ERR_SOCKET)'],
  ['UND_ERR_HEADERS_TIMEOUT', 'Headers Timeout Error', 'did not answer in time'],
  ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', '', 'broke the connection (ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR)'],
])('%s %s: the request may have arrived', (code, message, reason) => {
  expect(kindOf(code, message)).toEqual(['lost', reason]);
});

test.each([
  [407, ['untrusted', 'is behind a proxy that refuses this runner (407)']],
  [403, ['untrusted', 'is behind a proxy that refuses this runner (403)']],
  [502, ['unreachable', 'could not be reached (PROXY_502)']],
])('a proxy that answers %d', (status, expected) => {
  expect(kindOf('UND_ERR_ABORTED', `Proxy response (${status}) !== 200 when HTTP Tunneling`)).toEqual(expected);
});

test('of a host with two addresses, what the first one said counts', () => {
  const both = new AggregateError([Object.assign(new Error(''), { code: 'ECONNREFUSED' }), new Error('other')]);
  expect(connectionError(new TypeError('fetch failed', { cause: both }))).toEqual({
    kind: 'unreachable',
    reason: 'could not be reached (ECONNREFUSED)',
  });
});
