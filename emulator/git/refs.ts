import { runGit } from './run-git.ts';

export interface Ref {
  readonly name: string;
  readonly ref: string;
  readonly targetCommit: string;
}

export interface Refs {
  readonly branches: Ref[];
  readonly tags: Ref[];
  readonly pullRequests: Ref[];
}

export async function readRefs(gitDir: string): Promise<Refs> {
  const format = '--format=%(refname) %(objectname) %(*objectname)';
  const out = (await runGit(gitDir, ['for-each-ref', format])).toString();
  const refs = out.split('\n').filter(Boolean).map(parseRef);
  const under = (prefix: string) =>
    refs.filter(({ ref }) => ref.startsWith(prefix)).map((ref) => ({ ...ref, name: ref.ref.slice(prefix.length) }));
  return {
    branches: under('refs/heads/'),
    tags: under('refs/tags/'),
    pullRequests: under('refs/pr/'),
  };
}

function parseRef(line: string): Ref {
  const [ref = '', object = '', peeled] = line.split(' ');
  return { name: ref, ref, targetCommit: peeled || object };
}
