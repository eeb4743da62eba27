/** The web page of a git remote, without the credentials that its URL may have; undefined when it has no page. */
export function webUrlOf(remote: string): string | undefined {
  const scp = /^(?:[^@/\s]+@)?([\w.-]+\.[\w.-]+):(?!\/\/)\/?(\S+)$/.exec(remote);
  const url = URL.parse(scp === null ? remote : `ssh://${scp[1]}/${scp[2]}`);
  if (url === null || !/^(https?|ssh|git):$/.test(url.protocol)) return undefined;
  const isWeb = url.protocol.startsWith('http');
  // GitHub's ssh for networks where its usual port is closed.
  const host = isWeb ? url.host : url.hostname.replace(/^ssh\.(github\.com)$/, '$1');
  const path = url.pathname.replace(/\/+$/, '').replace(/\.git$/, '');
  return host === '' || path === '' ? undefined : `${isWeb ? url.protocol : 'https:'}//${host}${path}`;
}
