import type { Problem } from '../../base/failure.ts';
import type { InputName } from '../inputs.ts';
import type { RawInputs } from '../raw-inputs.ts';
import { runContext } from '../run-context.ts';
import type { Config } from './config.ts';
import { chooseEnvironment } from './environment-name.ts';
import { unknownEnvironment } from './environment-problems.ts';
import { fillNumber } from './fill-number.ts';
import { FORMS } from './forms.ts';
import { layOver } from './lay-over.ts';
import { mergeLayers, type Sourced } from './merge-layers.ts';
import { parseConfig } from './parse-config.ts';
import { readConfigFile } from './read-file.ts';
import { otherSpaces } from './space-of-environment.ts';
import { takeFromStep } from './take-from-step.ts';

/** The inputs of the step with what spaceport.yml gives below them. */
export interface Configured {
  readonly raw: RawInputs;
  readonly problems: readonly Problem[];
  /** Inputs of which it is not known what the file gives; undefined when that is so of all. */
  readonly wrong: ReadonlySet<string> | undefined;
  /** Texts of the file that must be masked before anything is printed. */
  readonly secrets: readonly string[];
  readonly warnings: readonly string[];
  /** What counts of the file, by input. */
  readonly values: ReadonlyMap<InputName, Sourced>;
  /** Its path, where there is one. */
  readonly file?: string | undefined;
}

/** Reads spaceport.yml, chooses the environment, and lays the step's inputs over it. Never rejects. */
export async function configureInputs(given: RawInputs, workspace: string): Promise<Configured> {
  const found = await readConfigFile(given.text('config'), workspace);
  if (found.kind === 'none') return { ...NOTHING, raw: given, warnings: found.warnings };
  if (found.kind === 'unreadable') return { ...NOTHING, raw: given, problems: [found.problem], wrong: undefined };
  const { config, ...parsed } = parseConfig(found.file, found.text, given.env);
  if (parsed.wrong === undefined) return { ...NOTHING, ...parsed, raw: given, file: found.file };
  const laid = layConfig(config, given);
  return {
    ...laid,
    problems: [...parsed.problems, ...laid.problems],
    wrong: laid.wrong && new Set([...parsed.wrong, ...laid.wrong]),
    secrets: parsed.secrets,
  };
}

const NOTHING = { problems: [], wrong: new Set<string>(), secrets: [], warnings: [], values: new Map() };

/** Lays the inputs of the step over those of the file. Pure. */
export function layConfig(config: Config, given: RawInputs): Configured {
  const { file, environments } = config;
  const chosen = chooseEnvironment(given.text('environment') || 'production', [...(environments?.keys() ?? [])]);
  if (environments !== undefined && chosen.kind !== 'found') {
    const problems = unknownEnvironment(config, given, chosen);
    return { ...NOTHING, raw: given, problems, wrong: undefined, file };
  }
  const { key, number } = chosen.kind === 'found' ? chosen : { key: undefined, number: undefined };
  const pullRequest = runContext(given.env, given.event).pullRequest?.toString();
  const merged = mergeLayers(config, key);
  const filled = fillNumber(withoutReplaced(merged, given), number ?? pullRequest, file);
  const taken = takeFromStep(filled.values, given, file);
  const others = otherSpaces({ config, given, pullRequest }, filled.values);
  return {
    raw: layOver(given, taken.values, others.ids),
    problems: [...filled.problems, ...taken.problems, ...others.problems],
    wrong: new Set([...filled.wrong, ...others.wrong]),
    secrets: [],
    warnings: replacedSecrets(given, merged, file),
    values: taken.values,
    file,
  };
}

/** What counts of the file: an input that is given to the step replaces that of the file, but for the keys of a map. */
function withoutReplaced(merged: ReadonlyMap<InputName, Sourced>, given: RawInputs): ReadonlyMap<InputName, Sourced> {
  const isMap = (name: InputName) => FORMS[name].kind === 'settings' || FORMS[name].kind === 'map';
  return new Map([...merged].filter(([name]) => given.text(name) === '' || isMap(name)));
}

/** A list of the step replaces that of the file: of secrets a person should know it. */
function replacedSecrets(given: RawInputs, merged: ReadonlyMap<InputName, Sourced>, file: string): readonly string[] {
  const text = given.text('secrets');
  const names = [...(merged.get('secrets')?.value.entries?.keys() ?? [])];
  const left = names.filter((name) => !new RegExp(`^\\s*(?:export\\s+)?${name}(?![\\w.-])`, 'm').test(text));
  if (text === '' || left.length === 0) return [];
  return [`The step's input \`secrets\` replaces the list of ${file}, so these are not given: ${left.join(', ')}.`];
}
