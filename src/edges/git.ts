import { getExecOutput } from '@actions/exec';

/** Runs git in a directory and gives its standard output; undefined when git fails there. */
export type Git = (directory: string, args: readonly string[], input?: string) => Promise<string | undefined>;

/**
 * In a container job the checkout belongs to another user, and git refuses to read it unless it is named safe. Reading
 * is all that is done here, and no hook or fsmonitor of the repository is run for it.
 */
const READ_ONLY = ['-c', 'safe.directory=*', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];

/** git of the machine, through @actions/exec. Never throws: no git, or no work tree, is an answer too. */
export const systemGit: Git = async (directory, args, input) => {
  try {
    const { exitCode, stdout } = await getExecOutput('git', [...READ_ONLY, ...args], {
      cwd: directory,
      silent: true,
      ignoreReturnCode: true,
      ...(input === undefined ? {} : { input: Buffer.from(input) }),
    });
    return exitCode === 0 ? stdout : undefined;
  } catch {
    return undefined;
  }
};
