import { posix } from 'node:path';
import picomatch from 'picomatch';
import { builtStages } from './built-stages.ts';
import { flagValues, type Instruction, readDockerfile, wordsOf } from './read-dockerfile.ts';

/** A Dockerfile and what it will be built with. */
export interface DockerBuild {
  /** Text of the Dockerfile. */
  readonly dockerfile: string;
  /** Text of .dockerignore; empty when there is none. */
  readonly dockerignore: string;
  /** Paths of all files in the Space. */
  readonly deployed: readonly string[];
  /** The Space's variables, as far as this deployment gives them: they are build arguments (hub-contract §17). */
  readonly variables: Readonly<Record<string, string>>;
  /** Where the Hub expects the app. */
  readonly appPort: number;
  /** Why a path that is there in the directory is not deployed; undefined when it is not there. */
  readonly whyNotDeployed: (path: string) => string | undefined;
  /** Whether the Space keeps a file of its own there, or below. */
  readonly isKept: (path: string) => boolean;
}

/** What will, or may, go wrong when the Hub builds and starts the image. */
export function dockerfileWarnings(build: DockerBuild): readonly string[] {
  const { deployed, appPort, whyNotDeployed, isKept } = build;
  const instructions = readDockerfile(build.dockerfile);
  const { built, inherited } = builtStages(instructions, build.variables);
  const ignored = dockerIgnores(build.dockerignore);
  const missing = copiedSources(built).flatMap(({ source, line }) => {
    const matched = deployed.filter(covers(source));
    const where = `Dockerfile, line ${line}: COPY of ${JSON.stringify(source)} will fail`;
    if (matched.some((path) => !ignored(path)) || isKept(source)) return [];
    if (matched.length > 0) return [`${where}: .dockerignore leaves it out.`];
    return [`${where}: ${whyNotDeployed(source) ?? 'it is not among the deployed files.'}`];
  });
  return [...commentWarnings(instructions), ...missing, ...portWarnings(inherited, appPort)];
}

/** What COPY and ADD take from the deployed files, so not from another stage, an image or the internet. */
function copiedSources(instructions: readonly Instruction[]): readonly { source: string; line: number }[] {
  return instructions
    .filter(({ keyword }) => keyword === 'COPY' || keyword === 'ADD')
    .filter((instruction) => flagValues(instruction, 'from').length === 0)
    .flatMap(({ content, line }) =>
      beforeComment(wordsOf(content))
        .slice(0, -1)
        .map((word) => ({ source: word.replace(/^(["'])(.*)\1$/, '$2'), line })),
    )
    .filter(({ source }) => isPlainPath(source))
    .map(({ source, line }) => ({ source: posix.normalize(`/${source}`).replace(/^\/|\/$/g, ''), line }))
    .filter(({ source }) => source !== '');
}

/**
 * Not a variable, a here document or an address. Nor a pattern, which may match nothing: `lock*` beside another file
 * is how people write a file that is optional.
 */
function isPlainPath(source: string): boolean {
  return !/^\d*<<|[$*?[\\"']|^[a-z][\w+.-]*:\/\/|^git@/i.test(source);
}

/** The words that were meant: what stands behind a `#` is told once, and not for each of its words. */
function beforeComment(words: readonly string[]): readonly string[] {
  const comment = words.indexOf('#');
  return comment === -1 ? words : words.slice(0, comment);
}

/** A shell reads these lines, or the values in them are free text. */
const MAY_HAVE_A_COMMENT = /^(?:RUN|LABEL|MAINTAINER|HEALTHCHECK|ONBUILD|SHELL)$/;

/**
 * A `#` begins a comment at the start of a line only: elsewhere its words are arguments, and the build fails or does
 * something else.
 */
function commentWarnings(instructions: readonly Instruction[]): readonly string[] {
  return instructions.flatMap(({ keyword, content, line }) => {
    const isForShell = /^(?:CMD|ENTRYPOINT)$/.test(keyword) && !content.startsWith('[');
    if (isForShell || MAY_HAVE_A_COMMENT.test(keyword)) return [];
    // What stands in quotes is no comment.
    const unquoted = content.replaceAll(/"[^"]*"|'[^']*'/g, '""');
    const comment = /(?<=\s)#\s.*$/s.exec(unquoted)?.[0];
    if (comment === undefined) return [];
    return [
      `Dockerfile, line ${line}: Docker takes ${JSON.stringify(comment)} for arguments of ${keyword}: a comment needs a line of its own.`,
    ];
  });
}

/** Whether a COPY source names a path: the file itself, or a file of the directory. */
export function covers(source: string): (path: string) => boolean {
  return (path) => path === source || path.startsWith(`${source}/`);
}

/** .dockerignore: rooted patterns, the last that matches a path or a directory above it decides. */
function dockerIgnores(text: string): (path: string) => boolean {
  const rules = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const pattern = line
        .replace(/^!/, '')
        .trim()
        .replace(/^\/+|\/+$/g, '');
      return { keep: line.startsWith('!'), matches: picomatch([pattern, `${pattern}/**`], { dot: true }) };
    });
  return (path) => rules.reduce((ignored, rule) => (rule.matches(path) ? !rule.keep : ignored), false);
}

/** The Hub waits for one port; an image that exposes only others will not be found healthy. */
function portWarnings(instructions: readonly Instruction[], appPort: number): readonly string[] {
  const exposed = instructions
    .filter(({ keyword }) => keyword === 'EXPOSE')
    .flatMap(({ content }) => beforeComment(wordsOf(content)).map((word) => Number.parseInt(word, 10)))
    .filter((port) => Number.isInteger(port));
  return exposed.length === 0 || exposed.includes(appPort)
    ? []
    : [
        `The Dockerfile exposes port ${exposed.join(', ')}, and the Hub waits for port ${appPort}: set app_port in the README or in \`card\`.`,
      ];
}
