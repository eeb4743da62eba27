import { fixOfModule } from './python-modules.ts';

/** A sign in a log or in the Hub's words, what it most likely means, and what to do about it. */
export interface KnownCause {
  readonly sign: RegExp;
  readonly cause: string;
  readonly fix: string;
  /** A better fix for what the sign names. */
  readonly fixFor?: (named: string, ownModules: ReadonlySet<string>) => string;
}

/**
 * From the most telling to the least: a sign that names the thing comes before one that names only its kind. `$1` stands
 * for what the sign names, and is left out where it names nothing.
 */
export const KNOWN_CAUSES: readonly KnownCause[] = [
  // What the Hub itself says of a Space (hub-contract §13.2).
  {
    sign: /Collision on variables and secrets/i,
    cause: 'A variable and a secret of the Space have the same name.',
    fix: 'Delete one of the two in the settings of the Space.',
  },
  {
    sign: /storage limit exceeded|Workload evicted|(?:storage|disk) quota exceeded|ephemeral[- ]storage/i,
    cause: 'The app has written more to its disk than the Space has, and was stopped for it.',
    fix: 'Keep less on it (50 GB on free hardware), and load models into memory or from a volume; a restart empties the disk.',
  },
  {
    sign: /exit code: 137|OOMKilled|heap out of memory|Memory limit exceeded|\bMemoryError\b|^Killed$|CUDA out of memory|OutOfMemoryError|sent SIGKILL/im,
    cause: 'It ran out of memory.',
    fix: 'Load less at once, or choose larger hardware for the Space.',
  },
  {
    sign: /unable to schedule|not enough hardware capacity/i,
    cause: 'The Hub has no machine free of the hardware that the Space asks for.',
    fix: 'Run it again later, or choose other hardware.',
  },
  {
    sign: /Flagged as abusive/i,
    cause: 'The Hub has stopped this Space as abusive.',
    fix: 'Only the support of Hugging Face can lift this: website@huggingface.co.',
  },
  {
    sign: /No @spaces\.GPU function/i,
    cause: 'The hardware is ZeroGPU, and no function of the app asks for a GPU.',
    fix: 'Decorate one with @spaces.GPU, or choose other hardware.',
  },
  {
    sign: /application does not seem to be initialized/i,
    cause: 'The script of the app ended without starting a server.',
    fix: 'Call launch() at the end of the Gradio app, or start a server that keeps running.',
  },
  {
    sign: /Launch timed out|workload was not healthy/i,
    cause: 'The app never opened the port that the Hub waits for.',
    fix: 'Listen on 0.0.0.0 (not 127.0.0.1), on the port that `app_port` names, 7860 by default.',
  },
  // The Dockerfile and its base image.
  {
    sign: /"\/?([^"]+)": not found|COPY failed: .*?([^ ]+): no such file/i,
    cause: 'The Dockerfile copies $1, which is not in the Space.',
    fix: 'Commit the file, name it in `include`, or look whether `exclude`, .gitignore or .dockerignore leaves it out.',
  },
  {
    sign: /(?:dockerfile parse error|Dockerfile parse error|unknown instruction: \S+|unknown flag: \S+)(?: on)?(?: line \d+)?/i,
    cause: 'The Dockerfile has a line that Docker does not understand.',
    fix: 'Fix the line that the log names; `docker build .` says the same on your own machine.',
  },
  {
    sign: /(?:toomanyrequests|You have reached your (?:unauthenticated )?pull rate limit)/i,
    cause: 'The registry of the base image lets the Hub pull no more for now.',
    fix: 'Run it again later, or take the base image from another registry, such as public.ecr.aws/docker/library.',
  },
  {
    sign: /failed to resolve source metadata for ([^\s:]+:[^\s:]+)|manifest (?:for (\S+) not found|unknown)|pull access denied(?: for ([^\s,]+))?|failed to (?:resolve reference|authorize)/i,
    cause: 'The base image $1 of the Dockerfile is not there, or may not be pulled.',
    fix: 'Correct the name and tag after FROM; the image must be public and be there for linux/amd64.',
  },
  // Python.
  {
    sign: /ResolutionImpossible|(?:conflicting dependencies|No solution found when resolving dependencies|version solving failed)/i,
    cause: 'Some of the Python packages cannot be installed together: they ask for different versions of another one.',
    fix: 'Loosen or correct the versions in requirements.txt that the log names; `pip install -r requirements.txt` says the same on your own machine.',
  },
  {
    sign: /No matching distribution found for ([^\s'"]+)/i,
    cause: 'pip finds no version of $1 for this Python.',
    fix: 'Fix the line in requirements.txt, or choose another Python version.',
  },
  {
    sign: /(?:Failed building wheel for|Could not build wheels for|Failed to build) ([^\s,]+)|error: command '(?:gcc|g\+\+|cc|cmake)'|subprocess-exited-with-error|metadata-generation-failed/,
    cause: 'pip could not compile the package $1.',
    fix: 'Take a version that has a wheel for this Python, or install its compiler and headers with apt-get in the Dockerfile.',
  },
  {
    sign: /Could not open requirements file: .*?'([^']+)'/i,
    cause: 'pip is to read $1, which is not there.',
    fix: 'Commit the file, or COPY it in the Dockerfile before the line that installs from it.',
  },
  {
    sign: /(?:Error loading ASGI app\. (?:Could not import module|Attribute) |Failed to find attribute |AppImportError\(")(?:"|')?([\w.:]+)/i,
    cause: 'The server finds no app named $1.',
    fix: 'Name it as file:variable (main:app for `app` in main.py), and set WORKDIR to the folder that holds the file.',
  },
  {
    sign: /can't open file '([^']+)'|File does not exist: (\S+)/,
    cause: 'The start command names $1, which is not there.',
    fix: 'Correct the name in CMD or `app_file`; only what git tracks is deployed, and only what the Dockerfile copies is in the image.',
  },
  {
    sign: /^(?:IndentationError|TabError|SyntaxError): (?!.*JSON)/m,
    cause: 'A file of the app is not valid in the language version that runs it.',
    fix: 'Fix the line that the log names, or choose the version that you develop with (`python_version`, or FROM in the Dockerfile).',
  },
  {
    sign: /ImportError: (?:lib(?:GL|gthread|glib)[\w.-]*): cannot open shared object file/,
    cause: 'OpenCV needs graphics libraries that a slim image does not have.',
    fix: 'Use opencv-python-headless, or install libgl1 and libglib2.0-0 with apt-get in the Dockerfile (or packages.txt).',
  },
  {
    sign: /version `(GLIBC(?:XX)?_[\d.]+)' not found/,
    cause: 'A program or package was built for a newer system than the image has: it needs $1.',
    fix: 'Use a newer base image (bookworm or later), and none of Alpine; build inside the image, not on your own machine.',
  },
  {
    sign: /\b(lib[\w.+-]+\.so(?:\.\d+)*)\b[^\n]*(?:cannot open shared object file|No such file or directory)|Error loading shared library ([\w.+-]+)/,
    cause: 'The image lacks the system library $1.',
    fix: 'Install the package that holds it with apt-get in the Dockerfile, or name it in packages.txt.',
  },
  {
    sign: /ModuleNotFoundError: No module named '([^']+)'/,
    cause: 'The Python module $1 is not found.',
    fix: 'Add the package that has it to requirements.txt.',
    fixFor: fixOfModule,
  },
  {
    sign: /ImportError: cannot import name '([^']+)'/,
    cause: 'A package is there in another version than the code was written for: it has no $1.',
    fix: 'Write the versions that you develop with into requirements.txt (pip freeze shows them).',
  },
  {
    sign: /(?:\bos\.environ\b|<frozen os>|\/os\.py")[\s\S]{0,400}?KeyError: '([^']+)'|validation errors? for \w*Settings\s+(\w+)\s+field required|^(?:Error: )?Missing (?:required )?environment variable:? "?'?([A-Z][A-Z0-9_]*)|environment variable "?'?([A-Z][A-Z0-9_]*)"?'? (?:is )?(?:not set|missing|required)/im,
    cause: 'The app wants the environment variable $1, which is not set.',
    fix: 'Give it in `secrets` or `variables`; a secret is there at run time, not during the build.',
  },
  // Debian packages.
  {
    sign: /E: (?:Unable to locate package|Package '?)\s*([\w.+-]+)/,
    cause: 'apt finds no package $1.',
    fix: 'Run apt-get update in the same RUN line, and look whether the base image is of a release that has the package.',
  },
  {
    sign: /E: (?:The repository .* does not have a Release file|Failed to fetch .*404)|404 +Not Found.*(?:deb\.debian\.org|archive\.ubuntu\.com)/,
    cause: 'The Debian or Ubuntu release of the base image is not served any more.',
    fix: 'Choose a newer base image; run apt-get update and install in one RUN line.',
  },
  // Node.
  {
    sign: /npm (?:error|ERR!) code EUSAGE|can only install packages when your package\.json and package-lock\.json/i,
    cause: 'package-lock.json does not fit package.json, or is not in the Space.',
    fix: 'Run npm install, and commit the lock file.',
  },
  {
    sign: /npm (?:error|ERR!) (?:code )?ERESOLVE/i,
    cause: 'Some of the npm packages cannot be installed together: one wants another version of a peer.',
    fix: 'Fix the versions in package.json that the log names, run npm install, and commit the lock file.',
  },
  {
    sign: /npm (?:error|ERR!) code E404[\s\S]*?'([^'\s]+)'/i,
    cause: 'npm finds no package $1.',
    fix: 'Correct its name or version in package.json; a private package needs a token during the build.',
  },
  {
    sign: /npm (?:error|ERR!) Missing script: "?([^"\n]+)/i,
    cause: 'package.json has no script $1.',
    fix: 'Add it under `scripts`, or name one of those that are there in the Dockerfile.',
  },
  {
    sign: /npm (?:error|ERR!) enoent[^\n]*package\.json/i,
    cause: 'npm finds no package.json in the image.',
    fix: 'COPY package.json and package-lock.json before the line that runs npm.',
  },
  {
    sign: /(?:Cannot find module|ERR_MODULE_NOT_FOUND\]: Cannot find module) '(\/[^']+)'/,
    cause: 'The file $1 of the app is not there.',
    fix: 'Was it committed? Only what git tracks is deployed, and only what the Dockerfile copies is in the image.',
  },
  {
    sign: /(?:Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND\]: Cannot find \w+) '([^']+)'/,
    cause: 'The Node module $1 is not there.',
    fix: 'Add it to the dependencies (not the devDependencies) of package.json, or COPY the file.',
  },
  // The start command.
  {
    sign: /\bUID 1000 is not unique\b/i,
    cause: 'The base image already has a user with the id 1000.',
    fix: 'Use that user (USER 1000) instead of creating one: images of node have the user node, those of Ubuntu the user ubuntu.',
  },
  {
    sign: /\bexec (\/\S+): no such file or directory/i,
    cause:
      'The script $1 is there but cannot be started: its first line names an interpreter that the image does not have, often because of line ends of Windows.',
    fix: 'Save it with LF and put "*.sh text eol=lf" into .gitattributes; if it has LF, name a shell that the image has (#!/bin/sh), or correct its path in CMD.',
  },
  {
    sign: /exec format error/i,
    cause: 'The start command is no program for this machine, or a script without its first line (#!/bin/sh).',
    fix: 'Build for linux/amd64, or name the interpreter: CMD ["sh", "start.sh"].',
  },
  {
    sign: /(?:\/usr\/bin\/env: )?['‘]?(?:ba|da|a)?sh\\r['’]?: No such file|\$'\\r': command not found|bad interpreter: [^\n]*\^M/,
    cause: 'A script has the line ends of Windows.',
    fix: 'Save it with LF, and put "*.sh text eol=lf" into .gitattributes.',
  },
  {
    sign: /exec .*: permission denied|\b(?:ba|da|a)?sh: (?!.*cannot ).*: permission denied$|exec: "[^"]+": permission denied/im,
    cause: 'The start command may not be executed: the Hub drops executable bits.',
    fix: 'Start it by name (sh start.sh), or RUN chmod +x in the Dockerfile.',
  },
  {
    sign: /exec: "([^"]+)": (?:executable file not found|stat )|\b(?:ba|da|a)?sh: (?:(?:line )?\d+: )?([^\s:]+): (?:command )?not found/i,
    cause: 'The program $1 is not in the image, or not on its PATH.',
    fix: 'Install it in the Dockerfile, or give its whole path; for Python packages "python -m" finds more.',
  },
  // What the app meets while it runs.
  {
    sign: /bind\(\) to \S+:(\d{1,3}) failed \(13: Permission denied\)|listen EACCES: permission denied \S*:(\d{1,3})\b|could not bind to address \S+:(\d{1,3})\b/i,
    cause: 'The server wants port $1, and a Space runs as user 1000, who may not open ports below 1024.',
    fix: 'Listen on port 7860, or on the port that `app_port` names, above 1024.',
  },
  {
    sign: /(?:ENETUNREACH|Network is unreachable|ETIMEDOUT|timed? ?out)[^\n]*\b5432\b|(?:supabase\.co|:5432)[^\n]*(?:Network is unreachable|ENETUNREACH|ETIMEDOUT|timed? ?out)|connection to server at "[^"]*", port 5432 failed: (?:Network is unreachable|Connection timed out)/i,
    cause: 'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
    fix: "Use the connection string of the database's pooler, for Supabase the transaction pooler on port 6543 (Connect, then Transaction pooler), as `database-url`.",
  },
  {
    sign: /EACCES|PermissionError|permission denied/i,
    cause: 'The app writes where it may not: a Space runs as user 1000.',
    fix: 'COPY --chown=1000, or write below /tmp or the home directory.',
  },
  {
    sign: /No space left on device|ENOSPC/i,
    cause: 'The disk of the Space is full.',
    fix: 'Keep less on it: it has 50 GB, and is emptied by a restart.',
  },
  {
    sign: /GatedRepoError|Access to model \S+ is restricted|Cannot access gated repo|401 Client Error[^\n]*huggingface\.co/,
    cause: 'The app loads a model or data set that its token may not read, or has no token.',
    fix: 'Accept the terms of the model on the Hub with the account of the token, and give the token to the Space as the secret HF_TOKEN.',
  },
  {
    sign: /password authentication failed|SASL|no pg_hba\.conf entry|Tenant or user not found/i,
    cause: 'The database refuses the user or password.',
    fix: 'Compare `database-url` with the connection string that the database shows.',
  },
  {
    sign: /SSL connection is required|server does not support SSL|self[- ]signed certificate|certificate verify failed|SSL (?:error|SYSCALL error)|sslmode value|UNABLE_TO_VERIFY_LEAF_SIGNATURE/i,
    cause: 'The app and the server do not agree on TLS, or the app does not know who vouches for the server.',
    fix: 'Of a database: put sslmode=require into `database-url`, or sslmode=verify-full with its root certificate; sslmode=disable only where it has no TLS.',
  },
  {
    sign: /could not translate host name "([^"]+)"|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)|Name or service not known|Temporary failure in name resolution/,
    cause: 'No server has the name $1.',
    fix: 'Correct the host; one that is only known in your own network or in Docker Compose does not exist for a Space.',
  },
  {
    sign: /ETIMEDOUT|ECONNREFUSED|ENETUNREACH|could not connect to server|Connection refused/,
    cause: 'The app cannot reach a server that it needs.',
    fix: 'Check its address; a Space reaches the outside through ports 80, 443 and 8080 only.',
  },
  {
    sign: /(?:migrations?\b[^\n]{0,80}(?<!\b0 )\bfail(?:ed|ure)\b|fail(?:ed)? (?:to (?:run|apply) )?migrations?\b|alembic\.util\.exc|Can't locate revision|Migration error|P3\d{3}: )/i,
    cause: 'A migration of the database failed, and the app does not start without it.',
    fix: 'Fix the migration that the log names and deploy again; look at the database first, for a part of it may have been done.',
  },
  {
    sign: /EADDRINUSE|address already in use|Port \d+ is (?:already )?in use|Cannot find empty port/i,
    cause: 'Two processes of the app want the same port.',
    fix: 'Start only one that listens on the port of the Space.',
  },
  {
    sign: /Job failed with exit code: 128/i,
    cause: 'The Hub could not run the build; often a failure of its own, sometimes a broken repository.',
    fix: 'Run it again; if it stays, use Factory rebuild in the settings of the Space.',
  },
];

/**
 * The first known cause whose sign is in the text; newest lines of a log belong at its end. `ownModules` are the Python
 * modules of the source.
 */
export function likelyCause(
  text: string,
  ownModules: ReadonlySet<string> = new Set(),
): { readonly cause: string; readonly fix: string } | undefined {
  for (const { sign, cause, fix, fixFor } of KNOWN_CAUSES) {
    const found = sign.exec(text);
    if (found === null) continue;
    const named = found.slice(1).find(Boolean);
    const what = named === undefined ? '' : ` ${JSON.stringify(named)}`;
    return {
      cause: cause.replace(' $1', () => what),
      fix: named === undefined || fixFor === undefined ? fix : fixFor(named, ownModules),
    };
  }
  return undefined;
}
