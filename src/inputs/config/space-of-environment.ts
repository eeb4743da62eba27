import type { Problem } from '../../base/failure.ts';
import { nearestName } from '../../base/nearest-name.ts';
import type { InputName } from '../inputs.ts';
import type { RawInputs } from '../raw-inputs.ts';
import { type Config, placeOf } from './config.ts';
import { chooseEnvironment } from './environment-name.ts';
import { fillNumber } from './fill-number.ts';
import { mergeLayers, type Sourced } from './merge-layers.ts';

/** What the Spaces of other environments are read from. */
interface Of {
  readonly config: Config;
  readonly given: RawInputs;
  /** Number of the pull request of this run. */
  readonly pullRequest: string | undefined;
}

interface OtherSpaces {
  /** The Space for each input that names an environment. */
  readonly ids: ReadonlyMap<InputName, string>;
  readonly problems: readonly Problem[];
  readonly wrong: readonly InputName[];
}

/** The Spaces that `promoted-from: staging` and `isolated-from: production` mean, where they name environments of the file. */
export function otherSpaces(of: Of, values: ReadonlyMap<InputName, Sourced>): OtherSpaces {
  const ids = new Map<InputName, string>();
  const problems: Problem[] = [];
  const wrong: InputName[] = [];
  for (const name of ['promoted-from', 'isolated-from'] as const) {
    const ofFile = values.get(name)?.value;
    const text = of.given.text(name) || (ofFile?.text ?? '');
    if (text === '' || text.includes('/') || of.config.environments === undefined) continue;
    const space = spaceOf(of, text);
    ids.set(name, typeof space === 'string' ? space : '');
    if (typeof space === 'string') continue;
    const where = ofFile === undefined ? `input \`${name}\`` : placeOf(of.config.file, ofFile.at);
    problems.push({ where, ...space });
    wrong.push(name);
  }
  return { ids, problems, wrong };
}

/** The `space` of an environment, or why there is none. */
function spaceOf({ config, pullRequest }: Of, name: string): string | Problem {
  const keys = [...(config.environments?.keys() ?? [])];
  const chosen = chooseEnvironment(name, keys);
  if (chosen.kind !== 'found') return noEnvironment(config.file, name, keys);
  const { values } = fillNumber(mergeLayers(config, chosen.key), chosen.number ?? pullRequest, config.file);
  return values.get('space')?.value.text || noSpace(config.file, chosen.key);
}

function noEnvironment(file: string, name: string, keys: readonly string[]): Problem {
  const nearest = nearestName(name, keys);
  const meant = nearest === undefined ? '' : ` Did you mean \`${nearest}\`?`;
  return {
    what: `${JSON.stringify(name)} is neither a Space nor an environment of ${file}.`,
    fix: `Write owner/name, or one of: ${keys.join(', ')}.${meant}`,
  };
}

function noSpace(file: string, key: string): Problem {
  return {
    what: `The environment \`${key}\` of ${file} has no \`space\`.`,
    fix: 'Give it one, or write the Space here as owner/name.',
  };
}
