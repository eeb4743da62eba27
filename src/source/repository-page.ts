import type { Inputs } from '../inputs/inputs.ts';
import { homeOf } from '../inputs/run-context.ts';
import { type GitWorld, openRepository, type Repository } from './files/repository.ts';
import { webRemotes } from './head.ts';

/** The inputs of a run outside of CI with the page of the repository that it is in, by its git remote. */
export async function withRepositoryPage(inputs: Inputs, world: GitWorld): Promise<Inputs> {
  if (homeOf(inputs.run) !== undefined || inputs.run.system !== undefined) return inputs;
  const repository = find(world, inputs.directory);
  if (repository === undefined) return inputs;
  const remotes = await webRemotes(repository);
  const page = remotes.get('origin') ?? [...remotes.values()][0];
  return page === undefined ? inputs : { ...inputs, run: { ...inputs.run, page } };
}

/** A repository that cannot be opened is refused where its files are read. */
function find(world: GitWorld, directory: string): Repository | undefined {
  try {
    return openRepository(world, directory);
  } catch {
    return undefined;
  }
}
