const UNREACHABLE =
  /ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|network is unreachable|timeout expired|timed out|connection terminated due to connection timeout/i;

/** What to try when a Postgres server is not reached at all; empty when it was, or when nothing is known to help. */
export function reachHint(where: string, reason: string): string {
  if (!UNREACHABLE.test(reason)) return '';
  if (/\.supabase\.(?:co|com)(?::|\/|$)/.test(where) && !/:6543\b/.test(where)) {
    return ' A Hugging Face Space reaches Supabase by its pooler on port 6543: take that connection string (Connect → Transaction pooler). The direct host has only IPv6.';
  }
  return ' The port may be closed from here: Hugging Face documents that a Space reaches only the ports 80, 443 and 8080.';
}
