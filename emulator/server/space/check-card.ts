import { type FrontMatter, frontMatterText, readFrontMatter } from './front-matter.ts';
import { LICENSES } from './licenses.ts';

export interface CardCheck {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

type Rule = (value: unknown) => string | undefined;

export const COLORS = ['red', 'yellow', 'green', 'blue', 'indigo', 'purple', 'pink', 'gray'];

const oneOf =
  (allowed: readonly string[]): Rule =>
  (value) =>
    allowed.some((one) => one === value) ? undefined : `must be one of [${allowed.join(', ')}]`;
const matching =
  (form: RegExp, words: string): Rule =>
  (value) =>
    typeof value === 'string' && form.test(value) ? undefined : words;
const text: Rule = (value) => (typeof value === 'string' ? undefined : 'must be a string');
const flag: Rule = (value) => (typeof value === 'boolean' ? undefined : 'must be a boolean');
const list: Rule = (value) => (Array.isArray(value) ? undefined : 'must be an array');
/** One or several (hub-contract §12.1). */
const textOrTexts: Rule = (value) =>
  [value].flat().every((one) => typeof one === 'string') ? undefined : 'must be a string or an array of strings';
const licenses: Rule = (value) =>
  [value].flat().every((one) => LICENSES.some((known) => known === one))
    ? undefined
    : `must be one of [${LICENSES.join(', ')}]`;
const atMost =
  (length: number): Rule =>
  (value) =>
    text(value) ?? (String(value).length > length ? lengthProblem(length) : undefined);
const lengthProblem = (length: number) => `length must be less than or equal to ${length} characters long`;
const integer =
  (from: number, to: number): Rule =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to
      ? undefined
      : `must be an integer from ${from} to ${to}`;
const customHeaders: Rule = (value) => {
  const allowed = /^cross-origin-(embedder-policy|opener-policy|resource-policy)$/;
  if (typeof value !== 'object' || value === null) return 'must be an object';
  const stranger = Object.keys(value).find((name) => !allowed.test(name));
  return stranger === undefined ? undefined : `.${stranger} is not allowed`;
};

/**
 * Rules of hub-contract §12.1; the words for colors and short_description were seen on the Hub, the others are modelled
 * on them.
 */
const rules: Readonly<Record<string, Rule>> = {
  sdk: oneOf(['gradio', 'docker', 'static']),
  title: text,
  colorFrom: oneOf(COLORS),
  colorTo: oneOf(COLORS),
  app_port: integer(1, 65535),
  app_file: text,
  app_build_command: text,
  base_path: matching(/^\//, 'must start with "/"'),
  short_description: atMost(60),
  startup_duration_timeout: matching(/^\d+\s*[smhd]/i, 'must be a duration such as 30m or 1h'),
  custom_headers: customHeaders,
  models: list,
  datasets: textOrTexts,
  license: licenses,
  tags: list,
  preload_from_hub: list,
  hf_oauth: flag,
  hf_oauth_scopes: list,
  hf_oauth_expiration_minutes: integer(1, 43200),
  fullWidth: flag,
  header: oneOf(['mini', 'default']),
  pinned: flag,
  disable_embedding: flag,
};

/** Judges the README of a Space as the Hub does. */
export function checkCard(readme: string): CardCheck {
  if (!frontMatterText(readme)?.trim()) {
    return { errors: [], warnings: ['empty or missing yaml metadata in repo card'] };
  }
  try {
    return { errors: problems(readFrontMatter(readme)), warnings: [] };
  } catch (error) {
    return { errors: [error instanceof Error ? error.message : String(error)], warnings: [] };
  }
}

function problems(card: FrontMatter): string[] {
  return Object.entries(card).flatMap(([key, value]) => {
    const problem = Object.hasOwn(rules, key) ? rules[key]?.(value) : undefined;
    return problem === undefined ? [] : [`"${key}" ${problem}`];
  });
}
