import { readCard } from './card.ts';
import { secretsOfCommand } from './checks/command.ts';
import { parseChecks, secretsInChecks } from './checks/parse-checks.ts';
import { credentialsGiven } from './credentials.ts';
import { parseGlobs } from './globs.ts';
import { parseHardware, parseSleepTime } from './hardware.ts';
import { parseExpectations } from './lines.ts';
import { MODE_NAMES } from './modes.ts';
import { good, goodValue, type Parsed } from './parsed.ts';
import type { Parser, RawInputs } from './raw-inputs.ts';
import { parseRenames } from './renames.ts';
import { parseRequired, valuesInRequired } from './required.ts';
import type { RunContext } from './run-context.ts';
import {
  parseChoice,
  parseCommit,
  parseDuration,
  parseEnvironment,
  parseFlag,
  parseHealthPath,
  parseHubUrl,
  parseOptional,
} from './scalars.ts';
import { SDKS } from './sdk.ts';
import { parseSecrets, parseVariables, secretsAmongVariables, secretsIn } from './settings.ts';
import { parseOtherSpace, parseSpace, type SpaceId } from './space-id.ts';
import { givenTokens, parseToken } from './token.ts';
import { parseVisibility } from './visibility.ts';
import { parseVolumes } from './volumes.ts';

export type { Check } from './checks/check.ts';
export type { Expectation } from './lines.ts';
export type { Rename } from './renames.ts';
export type { RunContext } from './run-context.ts';
export type { Sdk } from './sdk.ts';
export type { Visibility } from './visibility.ts';

/**
 * Every input of `action.yml`, in its order, by its name in the code: the name in `action.yml`, the parser, and where
 * there are any, the secrets in its text. An input that has only to be read and checked is a line here and an entry
 * there; `undefined` means that it was not given.
 */
export const INPUTS = {
  space: input('space', space),
  /** The app sees it as `APP_ENV`. */
  environment: input('environment', parseEnvironment),
  sdk: input('sdk', parseChoice(SDKS, undefined)),
  token: input('token', parseToken, givenTokens),
  /** Also among the secrets, as `DATABASE_URL`. */
  databaseUrl: input('database-url', parseOptional, (text) => [text]),
  secrets: input('secrets', parseSecrets, secretsIn),
  variables: input('variables', parseVariables, secretsAmongVariables),
  settingsStrategy: input('settings-strategy', parseChoice(['merge', 'mirror'], 'merge')),
  /** Names of variables or secrets that the Space must have in the end. */
  required: input('required', parseRequired, (text) => [...valuesInRequired(text), ...credentialsGiven(text)]),
  /** As the person wrote it; `directory` is the absolute path. */
  path: input('path', (text) => good(text || '.')),
  include: input('include', parseGlobs),
  exclude: input('exclude', parseGlobs),
  protect: input('protect', parseGlobs),
  /** Whether files of a Space that was made by hand may be deleted. */
  adopt: input('adopt', parseFlag),
  /** Whether large files that no kept version has are deleted. */
  pruneLargeFiles: input('prune-large-files', parseFlag),
  renames: input('rename', parseRenames),
  /** Front matter keys to lay over those of the README. */
  card: input('card', readCard),
  /** Of a new Space; an existing one is changed to it only when `explicit`. */
  visibility: input('visibility', parseVisibility),
  healthPath: input('health-path', parseHealthPath),
  healthExpect: input('health-expect', parseExpectations),
  /** Requests that the new version must answer as said; an empty list is none at all. */
  checks: input('checks', parseChecks, (text, raw) => [...secretsInChecks(text, raw), ...credentialsGiven(text)]),
  /** For the shell. */
  checkCommand: input('check-command', parseOptional, secretsOfCommand),
  timeoutMs: input('timeout', parseDuration),
  onFailure: input('on-failure', parseChoice(['rollback', 'keep'], 'rollback')),
  mode: input('mode', parseChoice(MODE_NAMES, 'deploy')),
  /** What a plan must come to, else the run fails. */
  expect: input('expect', parseChoice(['unchanged'], undefined)),
  /** A commit of the Space, or its first digits. */
  to: input('to', parseCommit),
  /** Whether a restart builds it again without the cache. */
  factory: input('factory', parseFlag),
  /** Flavor, as the Hub names it. */
  hardware: input('hardware', parseHardware),
  /** Without a visit, until the Space sleeps; -1 is never. */
  sleepTimeSeconds: input('sleep-time', parseSleepTime),
  /** They replace what is mounted in the Space. */
  volumes: input('volumes', parseVolumes),
  /** A Space that must run this very source, healthy. */
  promotedFrom: input('promoted-from', otherSpace),
  /** A Space whose database must not be ours. */
  isolatedFrom: input('isolated-from', otherSpace),
  /** The file that gives what the step does not, by environment. */
  config: input('config', parseOptional),
  /** Origin of the Hub, without a slash at its end. */
  hubUrl: input('hub-url', hubUrl, (text, { env }) => credentialsGiven(text || env['HF_ENDPOINT'] || '')),
  /** For comments on the pull request of this run; without one there are none. */
  githubToken: input('github-token', parseOptional, (text) => [text]),
};

/** The name of an input in `action.yml`. */
export type InputName = (typeof INPUTS)[keyof typeof INPUTS]['name'];

/** The value of each input; those that may be left out are optional keys. */
export type InputValues = Pick<Values, RequiredKey> & Partial<Omit<Values, RequiredKey>>;
type Values = { readonly [Key in keyof typeof INPUTS]: ValueOf<(typeof INPUTS)[Key]> };
type RequiredKey = { [Key in keyof Values]: undefined extends Values[Key] ? never : Key }[keyof Values];

/** Every input of the action, read once, checked, and typed, with what follows from them and the run. */
export interface Inputs extends InputValues {
  /** Absolute path of the checkout, or of where one would be. */
  readonly workspace: string;
  /** Absolute path of the directory to deploy, symbolic links resolved. */
  readonly directory: string;
  /** What a person should know of what they gave. */
  readonly warnings: readonly string[];
  /** The run that deploys, for the commit's trailers. */
  readonly run: RunContext;
}

/** One row of the table. */
interface Input<Name extends string, T> {
  readonly name: Name;
  readonly parse: Parser<T>;
  /** The secrets in its text, to be masked before anything is parsed; at least those that their form gives away. */
  readonly secrets: (text: string, raw: RawInputs) => readonly string[];
}

type ValueOf<Row> = Row extends Input<string, infer T> ? T : never;

function input<const Name extends string, T>(
  name: Name,
  parse: Parser<T>,
  secrets: Input<Name, T>['secrets'] = credentialsGiven,
): Input<Name, T> {
  return { name, parse, secrets };
}

function hubUrl(text: string, { env }: RawInputs): Parsed<string> {
  return parseHubUrl(text || env['HF_ENDPOINT'] || '');
}

function space(text: string, raw: RawInputs): Parsed<SpaceId> {
  return parseSpace(text, goodValue(hubUrl(raw.text('hub-url'), raw)));
}

function otherSpace(text: string, raw: RawInputs): Parsed<SpaceId | undefined> {
  return parseOtherSpace(text, goodValue(hubUrl(raw.text('hub-url'), raw)), goodValue(space(raw.text('space'), raw)));
}
