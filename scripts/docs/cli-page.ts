import { allCommands } from '../../src/cli/commands.ts';
import { JSON_VERSION } from '../../src/cli/json-event.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import type { RunEvent } from '../../src/report/run-event.ts';

/** What each line of `--json` has, beside `version`, `time` and `event`. */
const EVENTS: Readonly<Record<RunEvent['kind'], string>> = {
  started: 'the inputs are right: `space`, `environment`, `mode`, `hubUrl`, `run` (`id`, `url`)',
  'phase-started': 'a phase begins: `title`',
  'phase-ended': 'the phase has ended',
  planned: 'what is to be done: `plan`, as the output `plan` of the action has it',
  applied: 'a step was carried out: `step`',
  app: 'where the app answers: `url`',
  head: 'the newest commit before this run: `commit`',
  commit: 'the commit that must run now: `commit`',
  compared: 'how the newest commit of the Space compares with the source that is checked out: `match`',
  digest: 'what that commit deployed: `digest`, without `sha256:`',
  progress: 'how far long work has come, often: `work`, `path`, `done` and `total` in bytes',
  stage: 'the Space is in another stage: `stage`, `sentence`',
  waiting: 'it is still in this stage, often: `stage`, `forMs`, `limitMs`, `lastLine` of the build log',
  log: 'lines of the build log: `lines`',
  restarted: 'the Space was restarted: `reason`',
  health: 'an answer of the app: `ok`, `status`, `message`, `excerpt`, `tookMs`, `inARow`, `needed`',
  check: 'an answer to one of the checks: `number`, `name`, `ok`, `status`, `message`, `excerpt`, `tookMs`',
  'command-output': 'lines that `check-command` printed: `lines`',
  'command-ended': 'how `check-command` ended: `ok`, `sentence`, `tookMs`',
  line: 'something worth knowing: `text`',
  warning: 'something that a person should know although nothing failed: `text`, `proof`',
  restored: 'a step of a rollback was carried out: `step`, `commit`',
  'rolled-back': 'the previous version runs again: `commit`',
  ended: 'the last line: `result`, `exitCode`, and where it failed `failure` (`kind`, `problems`)',
};

/** What is printed by commands that only ask, besides `ended` where they fail. */
const ANSWERS: Readonly<Record<string, string>> = {
  explained: 'with `--explain`, an input and where its value comes from: `text`',
  status:
    'of `status`: `space`, `environment`, `appUrl`, `stage`, `running` (the commit that serves), `head` (the newest), `since`, `sourceCommit`, `sourceUrl`, `runUrl`, `healthy`, `health` (`status`, `message`); `healthy` is left out where the app was not asked',
  version:
    'of `history`: `commit`, `date`, `kind` (`deployment`, `rollback`), `result` (`newest`, `deployed`, `rolled-back`, `restored`), `environment`, `undoes`, `sourceCommit`, `sourceUrl`, `runUrl`',
  'log-line': 'of `logs`: `log` (`build`, `run`), `text`, `at` (milliseconds since 1970)',
};

/** docs/cli.md: every command with its help, and the form of `--json`. */
export function cliPage(): string {
  return `# The command line

\`npx spaceport\` does on any machine what the action does on GitHub: the same inputs, the same plan, the same proof. This
page is written by \`npm run docs\` from the command itself.

## Before the first call

It needs Node 22.19 or later, and git; [the README](../README.md#from-your-machine) says where the package comes from. The token is taken from \`--token-file\`, else from \`HF_TOKEN\`, else from where
\`hf auth login\` keeps it. A token is never an argument: everybody on the machine could read it.

${allCommands()
  .map(({ name, summary }) => `- [\`${name}\`](#${name}): ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`)
  .join('\n')}

## What it prints

On a terminal: colours, a line at the bottom that shows what is waited for, and long lists folded (\`--verbose\` shows all).
In a pipe: plain lines, the whole log. \`NO_COLOR\` turns colours off. \`--json\` prints one event a line, see
[below](#--json).

## Exit codes

| code | |
|---|---|
| 0 | it went well; of \`status\`: the newest commit of each Space runs, and says that it is healthy |
| 1 | it was tried and did not go well, or somebody said no, or it was cancelled |
| 2 | nothing was tried: the command, an input, or what an input names is not right; or it needs a yes and there is no terminal to ask on |
| 3 | of \`rehearse\`: this machine lacks something that the Space needs, which says nothing about the app |

\`remove\`, \`rollback\` and whatever costs money ask first. Without a terminal they need \`--yes\`. Ctrl-C stops the
run in good order, with a report; a second one ends the program at once. Whatever was interrupted can be run again.

${allCommands()
  .map(({ name }) => `## ${name}\n\n\`\`\`text\n${helpOf(name)}\n\`\`\`\n`)
  .join('\n')}
## --json

Each line is a JSON object with \`version\` (${JSON_VERSION}; it is raised when a field is renamed or removed, not when one is added), \`time\` (ISO 8601,
UTC), \`event\`, and the fields of that event. Fields that are not known are left out. Secrets are replaced by \`***\`.

| event | |
|---|---|
${Object.entries({ ...EVENTS, ...ANSWERS })
  .map(([event, text]) => `| \`${event}\` | ${text} |`)
  .join('\n')}
`;
}

function helpOf(name: string): string {
  const help = parseArguments([name, '--help']);
  if (help.kind !== 'help') throw new Error(`${name} has no help`);
  return help.text.trimEnd();
}
