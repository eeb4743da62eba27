import { parseDocument } from 'yaml';

export type FrontMatter = Readonly<Record<string, unknown>>;

/** The YAML at the head of a README, without its fences; undefined when there is none. */
export function frontMatterText(readme: string): string | undefined {
  return /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(readme)?.[1];
}

/** What a README says about its Space; empty without front matter. Throws on YAML that cannot be read. */
export function readFrontMatter(readme: string): FrontMatter {
  const text = frontMatterText(readme);
  const value: unknown = text === undefined ? {} : (parsed(text) ?? {});
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('metadata must be a map of keys to values');
  }
  return { ...value };
}

/** A tag that nobody knows is a mistake, as for the Hub's js-yaml; `parse` would only print a warning. */
function parsed(text: string): unknown {
  const document = parseDocument(text);
  const [mistake] = [...document.errors, ...document.warnings];
  if (mistake !== undefined) throw mistake;
  return document.toJS();
}
