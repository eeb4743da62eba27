import { isMap, LineCounter, parseDocument } from 'yaml';
import { yamlKeys } from '../base/yaml-map.ts';
import { bad, good, type Parsed } from './parsed.ts';
import type { RawInputs } from './raw-inputs.ts';

/** Front matter keys: those of spaceport.yml, and over them those of the input's own text. */
export function readCard(text: string, raw: RawInputs): Parsed<Readonly<Record<string, unknown>>> {
  const parsed = parseCard(text);
  return parsed.ok ? good({ ...Object.fromEntries(raw.below?.('card') ?? []), ...parsed.value }) : parsed;
}

/** YAML of front matter keys. Aliases are refused: a few lines of them unfold to gigabytes. */
export function parseCard(text: string): Parsed<Readonly<Record<string, unknown>>> {
  if (text.trim() === '') return good({});
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const fix = 'Write front matter keys as YAML: title: My app';
  const problems = document.errors.map((error) => ({
    what: `Line ${lineCounter.linePos(error.pos[0]).line} is not YAML: ${error.message}`,
    fix,
  }));
  if (problems.length > 0) return bad(...problems);
  if (!isMap(document.contents)) return bad({ what: 'It is not a list of keys and values.', fix });
  try {
    return good(yamlKeys(document));
  } catch {
    return bad({ what: 'It uses YAML aliases.', fix: 'Write each value out.' });
  }
}
