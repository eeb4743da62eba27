import { BuildFailure } from '../base/failures.ts';
import type { Build } from './build.ts';
import { fileSource } from './needed-stages.ts';

/** The directory that stands for `/` of the source that `--from` names: the build context when there is none. */
export async function rootOfSource(from: string | undefined, { dockerfile, states, job }: Build): Promise<string> {
  if (from === undefined) return job.context;
  const source = fileSource(dockerfile, from);
  const root = source.kind === 'stage' ? states.get(source.index)?.paths.root : undefined;
  if (root === undefined) throw new BuildFailure(1, `there is no image ${from} here`);
  return root;
}
