import type { Problem } from '../../base/failure.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { RawInputs } from '../raw-inputs.ts';
import type { Config } from './config.ts';
import type { Chosen } from './environment-name.ts';

/** Why no environment of the file is chosen. The job that removes a Space without naming its environment is told elsewhere. */
export function unknownEnvironment(
  { file, environments }: Config,
  given: RawInputs,
  chosen: Exclude<Chosen, { kind: 'found' }>,
): readonly Problem[] {
  const named = given.text('environment');
  if (named === '' && given.text('mode') === 'remove') return [];
  const keys = [...(environments?.keys() ?? [])];
  if (chosen.kind === 'several') {
    return [
      {
        where: 'input `environment`',
        what: `${JSON.stringify(named)} matches two patterns of ${file}: ${chosen.keys.join(', ')}.`,
        fix: 'Make one of them longer: the longest pattern wins.',
      },
    ];
  }
  const nearest = named === '' ? undefined : nearestName(named, keys);
  const has = keys.length === 0 ? 'It has none.' : `It has: ${keys.join(', ')}.`;
  return [
    {
      where: 'input `environment`',
      what: `${file} has no environment ${JSON.stringify(named || 'production')}.`,
      cause: named === '' ? 'The step gives none, which means production.' : undefined,
      fix: nearest === undefined ? has : `${has} Did you mean \`${nearest}\`?`,
    },
  ];
}
