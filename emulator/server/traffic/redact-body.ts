const secretRoutes = /\/secrets$|\/api\/repos\/create$|\/duplicate$|\/oauth\/token$/;

/** A recorded body without the values of secrets and ID tokens, which must not be written down (hub-contract §14). */
export function redactBody(route: string, body: string): string {
  if (!secretRoutes.test(route)) return body;
  try {
    const fields: unknown = JSON.parse(body);
    return JSON.stringify(fields, (key, value) => redacted(key, value, route.endsWith('/secrets')));
  } catch {
    return '***';
  }
}

function redacted(key: string, value: unknown, inSecrets: boolean): unknown {
  if (key === 'subject_token' || (inSecrets && key === 'value')) return '***';
  return key === 'secrets' && Array.isArray(value) ? value.map((secret) => ({ ...secret, value: '***' })) : value;
}
