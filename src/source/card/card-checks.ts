import type { Problem } from '../../base/failure.ts';
import { HUB_SDKS } from '../../inputs/sdk.ts';

const COLOURS = ['red', 'yellow', 'green', 'blue', 'indigo', 'purple', 'pink', 'gray'];

type Check = (value: unknown) => string | undefined;

const colour: Check = (value) =>
  COLOURS.some((name) => name === value) ? undefined : `must be one of ${COLOURS.join(', ')}`;

/** A number, or digits as text: which of the two it takes is the Hub's to say. */
const port: Check = (value) =>
  Number.isInteger(Number(value)) && Number(value) > 0 && Number(value) < 65_536
    ? undefined
    : 'must be a port, 1 to 65535';

/**
 * What the Hub is known to refuse (hub-contract §12.1), so that it is said before anything is sent. Everything else, types
 * above all, is left to the Hub, which checks the README before anything is written: it may take more than we think.
 */
const CHECKS: Readonly<Record<string, Check>> = {
  colorFrom: colour,
  colorTo: colour,
  sdk: (value) => (HUB_SDKS.some((sdk) => sdk === value) ? undefined : `must be one of ${HUB_SDKS.join(', ')}`),
  app_port: port,
  base_path: (value) => (typeof value !== 'string' || value.startsWith('/') ? undefined : 'must start with /'),
  short_description: (value) =>
    typeof value !== 'string' || [...value].length <= 60
      ? undefined
      : `must have at most 60 characters, it has ${[...value].length}`,
};

/** Everything in a Space's front matter that the Hub would certainly refuse; a key without a value is not looked at. */
export function cardProblems(keys: Readonly<Record<string, unknown>>): readonly Problem[] {
  return Object.entries(keys).flatMap(([key, value]) => {
    const isChecked = Object.hasOwn(CHECKS, key) && value !== null && value !== '';
    const rule = isChecked ? CHECKS[key]?.(value) : undefined;
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
