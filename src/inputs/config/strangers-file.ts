import type { Problem } from '../../base/failure.ts';
import { needsSource } from '../modes.ts';
import type { RunContext } from '../run-context.ts';
import type { Configured } from './configure.ts';

/**
 * Refuses a file that may be a stranger's: it could name another Hub to send the token to. What reads the source refuses the
 * files of a stranger itself, before anything is sent anywhere.
 */
export function strangersFile({ file }: Configured, mode: string, { untrusted }: RunContext): readonly Problem[] {
  if (file === undefined || untrusted === undefined || needsSource(mode)) return [];
  return [
    {
      where: file,
      what: `The event is ${untrusted.event}, and this file may be from a stranger.`,
      cause: 'It could name another Space, or another Hub to send the token to.',
      fix: 'Check out no code in this job, and give the step its inputs.',
    },
  ];
}
