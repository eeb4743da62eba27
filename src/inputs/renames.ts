import type { Problem } from '../base/failure.ts';
import type { Rename } from './inputs.ts';
import { leavesPath, meaningfulLines } from './lines.ts';
import { goodUnless, type Parsed } from './parsed.ts';

/** Lines `from -> to`; both are paths of one file, relative to `path`. */
export function parseRenames(text: string): Parsed<readonly Rename[]> {
  const lines = meaningfulLines(text);
  const renames = lines.map((line) => {
    const [from = '', to = '', ...more] = line.split('->').map((side) => side.trim().replace(/^\.\//, ''));
    const arePaths = from !== '' && to !== '' && more.length === 0 && !leavesPath(from) && !leavesPath(to);
    return { line, from, to, whole: arePaths && from !== to };
  });
  const problems: Problem[] = renames
    .filter(({ whole }) => !whole)
    .map(({ line }) => ({
      what: `${JSON.stringify(line)} is not a rename.`,
      cure: 'Write one a line, with paths relative to `path`: requirements-streamlit.txt -> requirements.txt',
    }));
  for (const side of ['from', 'to'] as const) {
    const seen = new Set<string>();
    for (const rename of renames.filter(({ whole }) => whole)) {
      if (seen.has(rename[side])) problems.push({ what: `${JSON.stringify(rename[side])} is renamed ${side} twice.` });
      seen.add(rename[side]);
    }
  }
  return goodUnless(
    problems,
    renames.map(({ from, to }) => ({ from, to })),
  );
}
