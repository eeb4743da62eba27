import type { Problem } from '../../base/failure.ts';
import { HUB_SDKS } from '../../inputs/sdk.ts';

const COLOURS = ['red', 'yellow', 'green', 'blue', 'indigo', 'purple', 'pink', 'gray'];

type Check = (value: unknown) => string | undefined;

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const flag: Check = (value) => (typeof value === 'boolean' ? undefined : 'must be true or false');
const colour: Check = (value) =>
  COLOURS.some((name) => name === value) ? undefined : `must be one of ${COLOURS.join(', ')}`;
const names: Check = (value) =>
  Array.isArray(value) && value.every((item) => typeof item === 'string') ? undefined : 'must be a list of texts';

/** What the Hub demands of a Space's front matter (hub-contract §12.1); keys that are not here are left to the Hub. */
const CHECKS: Readonly<Record<string, Check>> = {
  title: text,
  emoji: text,
  license: (value) => text(value) && names(value),
  colorFrom: colour,
  colorTo: colour,
  sdk: (value) => (HUB_SDKS.some((sdk) => sdk === value) ? undefined : `must be one of ${HUB_SDKS.join(', ')}`),
  app_port: (value) =>
    Number.isInteger(value) && Number(value) > 0 && Number(value) < 65_536 ? undefined : 'must be a port, 1 to 65535',
  app_file: text,
  base_path: (value) => (typeof value === 'string' && value.startsWith('/') ? undefined : 'must start with /'),
  short_description: (value) =>
    text(value) ??
    ([...String(value)].length <= 60
      ? undefined
      : `must have at most 60 characters, it has ${[...String(value)].length}`),
  startup_duration_timeout: (value) =>
    /^\d+\s*(s|m|h|d)/.test(String(value)) ? undefined : 'must be a duration, as 30m or 1h',
  models: names,
  datasets: names,
  tags: names,
  preload_from_hub: names,
  pinned: flag,
  fullWidth: flag,
  hf_oauth: flag,
  hf_oauth_scopes: names,
  disable_embedding: flag,
  header: (value) => (value === 'mini' || value === 'default' ? undefined : 'must be mini or default'),
};

/** Everything in a Space's front matter that the Hub would refuse. */
export function cardProblems(keys: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(keys).flatMap(([key, value]) => {
    const rule = Object.hasOwn(CHECKS, key) ? CHECKS[key]?.(value) : undefined;
    return rule === undefined
      ? []
      : [
          {
            where: 'README.md front matter',
            what: `${key} ${rule}.`,
            fix: `It is ${JSON.stringify(value)?.slice(0, 100)}; change it in the README or in \`card\`.`,
          },
        ];
  });
}
