/** A sign in a log or in the Hub's words, what it most likely means, and what to do about it. */
export interface KnownCause {
  readonly sign: RegExp;
  readonly cause: string;
  readonly cure: string;
}

/** From the most telling to the least; `$1` stands for what the sign names. */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  {
    sign: /Collision on variables and secrets/i,
    cause: 'A variable and a secret of the Space have the same name.',
    cure: 'Delete one of the two in the settings of the Space.',
  },
  {
    sign: /"\/?([^"]+)": not found|COPY failed: .*?([^ ]+): no such file/i,
    cause: 'The Dockerfile copies $1, which is not in the Space.',
    cure: 'Commit the file, name it in `include`, or look whether `exclude`, .gitignore or .dockerignore leaves it out.',
  },
  {
    sign: /exit code: 137|OOMKilled|heap out of memory|Memory limit exceeded|\bMemoryError\b|^Killed$/im,
    cause: 'It ran out of memory.',
    cure: 'Load less at once, or choose larger hardware for the Space.',
  },
  {
    sign: /unable to schedule|not enough hardware capacity/i,
    cause: 'The Hub has no machine free of the hardware that the Space asks for.',
    cure: 'Run it again later, or choose other hardware.',
  },
  {
    sign: /Flagged as abusive/i,
    cause: 'The Hub has stopped this Space as abusive.',
    cure: 'Only the support of Hugging Face can lift this: website@huggingface.co.',
  },
  {
    sign: /No @spaces\.GPU function/i,
    cause: 'The hardware is ZeroGPU, and no function of the app asks for a GPU.',
    cure: 'Decorate one with @spaces.GPU, or choose other hardware.',
  },
  {
    sign: /Launch timed out|workload was not healthy/i,
    cause: 'The app never opened the port that the Hub waits for.',
    cure: 'Listen on 0.0.0.0 (not 127.0.0.1), on the port that `app_port` names, 7860 by default.',
  },
  {
    sign: /npm (?:error|ERR!) code EUSAGE|can only install packages when your package\.json and package-lock\.json/i,
    cause: 'package-lock.json does not fit package.json, or is not in the Space.',
    cure: 'Run npm install, and commit the lock file.',
  },
  {
    sign: /No matching distribution found for ([^\s'"]+)/i,
    cause: 'pip finds no version of $1 for this Python.',
    cure: 'Mend the line in requirements.txt, or choose another Python version.',
  },
  {
    sign: /ModuleNotFoundError: No module named '([^']+)'/,
    cause: 'The Python module $1 is not installed.',
    cure: 'Add it to requirements.txt.',
  },
  {
    sign: /(?:Cannot find module|ERR_MODULE_NOT_FOUND\]: Cannot find module) '(\/[^']+)'/,
    cause: 'The file $1 of the app is not there.',
    cure: 'Was it committed? Only what git tracks is deployed, and only what the Dockerfile copies is in the image.',
  },
  {
    sign: /(?:Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND\]: Cannot find \w+) '([^']+)'/,
    cause: 'The Node module $1 is not there.',
    cure: 'Add it to the dependencies (not the devDependencies) of package.json, or COPY the file.',
  },
  {
    sign: /exec format error/i,
    cause: 'The start command is no program for this machine, or a script without its first line (#!/bin/sh).',
    cure: 'Build for linux/amd64, or name the interpreter: CMD ["sh", "start.sh"].',
  },
  {
    sign: /exec .*: permission denied|\b(?:ba|da|a)?sh: (?!.*cannot ).*: permission denied$|exec: "[^"]+": permission denied/im,
    cause: 'The start command may not be executed: the Hub drops executable bits.',
    cure: 'Start it by name (sh start.sh), or RUN chmod +x in the Dockerfile.',
  },
  {
    sign: /EACCES|PermissionError|permission denied/i,
    cause: 'The app writes where it may not: a Space runs as user 1000.',
    cure: 'COPY --chown=1000, or write below /tmp or the home directory.',
  },
  {
    sign: /No space left on device|ENOSPC/i,
    cause: 'The disk of the Space is full.',
    cure: 'Keep less on it: it has 50 GB, and is emptied by a restart.',
  },
  {
    sign: /password authentication failed|SASL|no pg_hba\.conf entry/i,
    cause: 'The database refuses the user or password.',
    cure: 'Compare `database-url` with the connection string that the database shows.',
  },
  {
    sign: /ETIMEDOUT|ECONNREFUSED|ENETUNREACH|could not connect to server|Connection refused/,
    cause: 'The app cannot reach a server that it needs.',
    cure: 'Check its address; a Space reaches the outside through ports 80, 443 and 8080 only.',
  },
  {
    sign: /EADDRINUSE|address already in use/i,
    cause: 'Two processes of the app want the same port.',
    cure: 'Start only one that listens on the port of the Space.',
  },
  {
    sign: /Job failed with exit code: 128/i,
    cause: 'The Hub could not run the build; often its own trouble, sometimes a broken repository.',
    cure: 'Run it again; if it stays, use Factory rebuild in the settings of the Space.',
  },
];

/** The first known cause whose sign is in the text; newest lines of a log belong at its end. */
export function likelyCause(text: string): { readonly cause: string; readonly cure: string } | undefined {
  for (const { sign, cause, cure } of KNOWN_CAUSES) {
    const found = sign.exec(text);
    const named = JSON.stringify(found?.slice(1).find(Boolean) ?? 'a file');
    if (found) return { cause: cause.replace('$1', () => named), cure };
  }
  return undefined;
}
