import type { ConnectionOptions } from 'node:tls';
import type { DatabaseUrl } from '../settings/database-url.ts';
import { offersTls } from './offers-tls.ts';

const encrypted: ConnectionOptions = { rejectUnauthorized: false };

const hostVerified = (ca: string | undefined): ConnectionOptions => (ca === undefined ? {} : { ca });

const chainVerified = (ca: string | undefined): ConnectionOptions => ({
  ...hostVerified(ca),
  checkServerIdentity: () => undefined,
});

/**
 * What sslmode asks of TLS, with libpq's meaning: the driver's own reading of `require` would verify the certificate,
 * and Supabase's is signed by a root that Node does not know.
 */
export async function tlsOptions({ url, sslMode, rootCertificate }: DatabaseUrl): Promise<ConnectionOptions | false> {
  switch (sslMode) {
    case 'disable':
      return false;
    case 'allow':
    case 'prefer': {
      const { hostname, port } = new URL(url);
      return (await offersTls(hostname.replace(/^\[|\]$/g, ''), Number(port) || 5432)) ? encrypted : false;
    }
    case 'require':
      return rootCertificate === undefined ? encrypted : chainVerified(rootCertificate);
    case 'verify-ca':
      return chainVerified(rootCertificate);
    case 'verify-full':
      return hostVerified(rootCertificate);
    default:
      return sslMode satisfies never;
  }
}
