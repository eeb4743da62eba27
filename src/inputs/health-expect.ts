import type { Problem } from '../base/failure.ts';
import type { Expectation } from './inputs.ts';
import { meaningfulLines } from './lines.ts';
import { goodUnless, type Parsed } from './parsed.ts';

/** Lines `json.path=value`, or `text:some words`. */
export function parseExpectations(text: string): Parsed<readonly Expectation[]> {
  const problems: Problem[] = [];
  const expectations = meaningfulLines(text).flatMap((line): Expectation[] => {
    const words = /^text:\s*(.+)$/.exec(line)?.[1];
    if (words) return [{ kind: 'text', words }];
    const [, path, value] = /^([^\s=]+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (path !== undefined && value !== undefined) return [{ kind: 'json', path, value }];
    problems.push({
      what: `${JSON.stringify(line)} is not an expectation.`,
      cure: 'Write json.path=value (status=healthy, database.ok=true), or text:some words.',
    });
    return [];
  });
  return goodUnless(problems, expectations);
}
