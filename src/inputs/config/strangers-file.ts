import type { Problem } from '../../base/failure.ts';
import type { RunContext } from '../run-context.ts';
import type { Configured } from './configure.ts';

/** These read the files first, and refuse those of a stranger before anything is sent anywhere. */
const MODES_WITH_FILES = ['deploy', 'plan'];

/** In a run that a stranger may have started, the file may be the stranger's: it could name another Hub to send the token to. */
/** Refuses a file that may be a stranger's, where nothing shows that it is not. */
export function strangersFile({ file }: Configured, mode: string, { untrusted }: RunContext): readonly Problem[] {
  if (file === undefined || untrusted === undefined || MODES_WITH_FILES.includes(mode)) return [];
  return [
    {
      where: file,
      what: `The event is ${untrusted.event}, and this file may be from a stranger.`,
      cause: 'It could name another Space, or another Hub to send the token to.',
      fix: 'Check out no code in this job, and give the step its inputs.',
    },
  ];
}
