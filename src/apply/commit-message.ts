import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import { writeTrailers } from '../trailers.ts';

/** One line for people, and trailers by which the next run recognises this one. */
export function commitMessage(inputs: Inputs, source: Source): { subject: string; body: string } {
  const { repository, id, url } = inputs.run;
  const what = source.commit === undefined ? 'files' : source.commit.slice(0, 7);
  const sourceUrl =
    url === undefined || source.commit === undefined
      ? undefined
      : url.replace(/\/actions\/runs\/.*$/, `/commit/${source.commit}`);
  return {
    subject: `Deploy ${what}${repository === undefined ? '' : ` of ${repository}`} to ${inputs.environment}`,
    body: writeTrailers({
      sourceCommit: source.commit,
      sourceUrl,
      runUrl: url,
      runId: id,
      environment: inputs.environment,
      sourceDigest: source.sourceDigest,
      contentDigest: source.contentDigest,
    }),
  };
}
