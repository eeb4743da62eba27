/** The page of a commit in the repository that a directory was cloned from: `origin`, else the first remote. */
export function commitUrlOf(remotes: ReadonlyMap<string, string>, commit: string): string | undefined {
  const remote = remotes.get('origin') ?? [...remotes.values()][0];
  const web = remote === undefined ? undefined : webUrlOf(remote);
  return web === undefined ? undefined : `${web}/commit/${commit}`;
}

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
