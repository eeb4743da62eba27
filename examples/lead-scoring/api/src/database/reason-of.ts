/** Why something failed. Node gives an error without words when a host has several addresses and none answers. */
export function reasonOf(error: Error & { code?: string; errors?: Error[] }): string {
  const reasons = error.message ? [error.message] : (error.errors ?? []).map(reasonOf);
  return [...new Set(reasons)].join('; ') || error.code || error.name;
}
