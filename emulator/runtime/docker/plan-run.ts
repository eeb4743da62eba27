import { existsSync } from 'node:fs';
import { imageEnvironment, imagePath } from '../image/image-environment.ts';
import { buildMachineEnvironment } from '../process/machine-environment.ts';
import type { Bringable } from '../programs/bring-program.ts';
import { expandVariables } from './expand-variables.ts';
import { installedBy } from './installers.ts';
import { judgeCommand } from './judge-command.ts';
import { splitShell } from './split-shell.ts';
import type { StageState } from './stage-state.ts';

/** Which parts of a RUN line are run here, and which are skipped. */
export interface RunPlan {
  /** The line with `:` in place of the skipped parts. */
  readonly script: string;
  readonly skipped: readonly string[];
  /** The parts that run. */
  readonly commands: readonly string[];
  /** Programs that a script from the internet would install, and that a registry brings instead. */
  readonly brings: readonly Bringable[];
  /** Those that need a program which nothing here stands in for. */
  readonly lacking: readonly string[];
}

/** Environment of a RUN: the machine's for installs, then the build arguments, then the image's own. */
export function runEnvironment(stage: StageState): Record<string, string> {
  const { paths, env, args, venv, programDirectories } = stage;
  const own = imageEnvironment(env, paths, programDirectories);
  const python = venv === undefined ? {} : { VIRTUAL_ENV: venv.path, UV_SYSTEM_PYTHON: '0' };
  // uv must take the image's Python, and not look for another on this machine or on the internet.
  const uv = {
    UV_PYTHON_DOWNLOADS: 'never',
    UV_LINK_MODE: 'copy',
    ...(venv && { UV_PYTHON: `${venv.path}/bin/python` }),
  };
  return {
    ...buildMachineEnvironment(),
    ...uv,
    npm_config_prefix: paths.locate('/usr/local'),
    ...args,
    ...own,
    ...python,
  };
}

/** Judges each part between `&&` and `;` by itself; one with loops or conditions as a whole. */
export function planRun(line: string, stage: StageState, env: Readonly<Record<string, string>>): RunPlan {
  registerNewDirectories(line, stage);
  const programs = [...imagePath(stage.env['PATH'] ?? '', stage.paths), ...stage.programDirectories];
  if (/\bcorepack\b/.test(line)) stage.hasCorepack = true;
  // A virtual environment has no user packages, and uv must not look for the machine's Python.
  const found = chainsOf(line.replace(/(\bpip3? install\b[^&;|]*?)\s--(?:user|system)\b/g, '$1'));
  const brings = found.flatMap(({ text }) => installedBy(text) ?? []).filter((name) => name !== 'poetry');
  const chains = found.map(withoutInstaller);
  const languages = [...stage.facts.languages, ...brings, ...(stage.hasCorepack ? ['corepack'] : [])];
  const surroundings = { paths: stage.paths, cwd: stage.paths.locate(stage.workdir), programs, languages };
  const judge = (command: string) => judgeCommand(stage.paths.mapText(expandVariables(command, env)), surroundings);
  const verdicts = chains.map((chain) => chain.commands.map(judge));
  const lacking = chains.flatMap(({ commands }, at) => commands.filter((_, each) => verdicts[at]?.[each] === 'lacks'));
  if (verdicts.flat().includes('compound')) {
    return { ...wholeOrNothing(line, !verdicts.flat().includes('skip'), stage), brings, lacking };
  }
  const skips = verdicts.map((chain) => chain.includes('skip'));
  return {
    script: stage.paths.mapText(
      chains
        .map(({ text, operator }, at) => `${skips[at] ? ':' : text}${operator === '&&' ? ' && ' : operator}`)
        .join(''),
    ),
    skipped: chains.filter((_, at) => skips[at]).map((chain) => chain.text),
    commands: chains.filter((_, at) => !skips[at]).map((chain) => chain.text),
    brings,
    lacking,
  };
}

function wholeOrNothing(line: string, runs: boolean, { paths }: StageState): Omit<RunPlan, 'brings' | 'lacking'> {
  return runs
    ? { script: paths.mapText(line), skipped: [], commands: [line] }
    : { script: ':', skipped: [line], commands: [] };
}

/** A registry brings what the script would install: nothing is left to run, but for poetry, which pip installs. */
function withoutInstaller(chain: Chain): Chain {
  const name = installedBy(chain.text);
  if (name === undefined) return chain;
  const text = name === 'poetry' ? 'pip install poetry' : ':';
  return { ...chain, text, commands: [text] };
}

interface Chain {
  readonly text: string;
  readonly commands: readonly string[];
  readonly operator: string;
}

/** Parts that `|`, `||` or `&` join are judged together. */
function chainsOf(line: string): Chain[] {
  const chains: Chain[] = [];
  let open: { text: string; commands: string[] } | undefined;
  for (const { command, operator } of splitShell(line)) {
    open ??= { text: '', commands: [] };
    open.commands.push(command);
    const ends = ['', '&&', ';', '\n'].includes(operator);
    open.text += ends ? command : `${command} ${operator} `;
    if (ends) chains.push({ ...open, operator });
    if (ends) open = undefined;
  }
  if (open) chains.push({ ...open, operator: '' });
  return chains;
}

/**
 * Directories that the line itself makes are the image's, so that the rest of the line finds them there: those of
 * `mkdir`, and those that a package manager gets as an argument and this machine does not have, such as `/opt/venv`.
 */
function registerNewDirectories(line: string, stage: StageState): void {
  for (const { command } of splitShell(line)) {
    const [name = '', ...words] = command.split(/\s+/);
    for (const word of words.map((each) => expandVariables(each, stage.values))) {
      const path = /^(?:--?[\w-]+=)?(\/.+)$/.exec(word)?.[1];
      if (path === undefined) continue;
      if (name === 'mkdir' || (/^(npm|yarn|pnpm|pip3?|python3?|uv|git)$/.test(name) && !existsSync(path))) {
        stage.paths.add(path);
      }
    }
  }
}
