import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { Failure, type Problem } from '../../base/failure.ts';
import { yamlKeys } from '../../base/yaml-map.ts';
import { lastLineOfUnclosed } from './unclosed-front-matter.ts';

/** A README, divided into its front matter and the rest. */
export interface FrontMatter {
  /** The YAML document, comments and order kept. */
  readonly yaml: Document;
  /** Its values, by key. */
  readonly keys: Readonly<Record<string, unknown>>;
  readonly body: string;
  /** Whether there are empty lines before it, with which the Hub may not recognise it. */
  readonly isLate: boolean;
}

const FENCED = /^\ufeff?\s*---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

/**
 * Reads the front matter of a README; an empty document when there is none.
 *
 * @throws Failure `inputs` when it is not closed, is not YAML, is no map, or uses aliases (a few expand to gigabytes)
 */
export function readFrontMatter(readme: string): FrontMatter {
  const [whole = '', text = ''] = FENCED.exec(readme) ?? [];
  const unclosed = whole === '' ? lastLineOfUnclosed(readme) : undefined;
  if (unclosed !== undefined) throw new Failure('inputs', neverClosed(unclosed));
  const lineCounter = new LineCounter();
  const yaml = parseDocument(text, { lineCounter, prettyErrors: false });
  const refuse = (line: number, why: string) =>
    new Failure('inputs', {
      where: `README.md, line ${line + 1}`,
      what: `The front matter cannot be read: ${why}`,
      fix: 'Correct the YAML between the two --- lines.',
    });
  const [error] = yaml.errors;
  if (error) throw refuse(lineCounter.linePos(error.pos[0]).line, error.message);
  const rest = { body: readme.slice(whole.length), isLate: /^\ufeff?[ \t\r\n]/.test(whole) };
  if (yaml.contents === null) return { yaml: parseDocument('{}', {}), keys: {}, ...rest };
  if (!isMap(yaml.contents)) throw refuse(1, 'it is not a list of keys and values.');
  try {
    return { yaml, keys: yamlKeys(yaml), ...rest };
  } catch {
    throw refuse(1, 'it uses YAML aliases.');
  }
}

function neverClosed(lastLine: number): Problem {
  return {
    where: `README.md, line ${lastLine}`,
    what: 'The front matter is never closed.',
    cause: 'It begins with --- and no line after it is ---, so the Hub reads none of its keys.',
    fix: `Write a line --- after its last key, which seems to be in line ${lastLine}.`,
  };
}
