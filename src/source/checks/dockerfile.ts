import { Copy, type Dockerfile, DockerfileParser } from 'dockerfile-ast';
import picomatch from 'picomatch';

/** A Dockerfile and what it will be built with. */
export interface DockerBuild {
  /** Text of the Dockerfile. */
  readonly dockerfile: string;
  /** Text of .dockerignore; empty when there is none. */
  readonly dockerignore: string;
  /** Paths of all files in the Space. */
  readonly deployed: readonly string[];
  /** Where the Hub expects the app. */
  readonly appPort: number;
  /** Whether a path that is not deployed is there in the directory. */
  readonly existsUntracked: (path: string) => boolean;
  /** Whether the Space keeps a file of its own there, or below. */
  readonly isKept: (path: string) => boolean;
}

/** What will, or may, go wrong when the Hub builds and starts the image. */
export function dockerfileWarnings(build: DockerBuild): readonly string[] {
  const { deployed, appPort, existsUntracked, isKept } = build;
  const dockerfile = DockerfileParser.parse(build.dockerfile);
  const ignored = dockerIgnores(build.dockerignore);
  const missing = copiedSources(dockerfile).flatMap(({ source, line }) => {
    const matched = deployed.filter(covers(source));
    const where = `Dockerfile, line ${line}: COPY of ${JSON.stringify(source)} will fail`;
    if (matched.some((path) => !ignored(path)) || isKept(source)) return [];
    if (matched.length > 0) return [`${where}: .dockerignore leaves it out.`];
    return [
      existsUntracked(source)
        ? `${where}: git does not track it, so it is not deployed. Name it in \`include\`.`
        : `${where}: it is not among the deployed files.`,
    ];
  });
  return [...missing, ...portWarnings(dockerfile, appPort)];
}

function copiedSources(dockerfile: Dockerfile): readonly { source: string; line: number }[] {
  return (
    dockerfile
      .getInstructions()
      .filter((instruction) => /^(COPY|ADD)$/i.test(instruction.getKeyword()))
      .filter((instruction) => !(instruction instanceof Copy && instruction.getFromFlag()))
      .flatMap((instruction) => {
        const words = instruction.getArguments().map((argument) => argument.getValue());
        // The parser takes the lines of a here document for further words.
        if (words.some((word) => word.startsWith('<<'))) return [];
        const json = /^\[/.test(words[0] ?? '')
          ? jsonWords(words.join(' '))
          : words.filter((word) => !word.startsWith('--'));
        return json.slice(0, -1).map((source) => ({ source, line: instruction.getRange().start.line + 1 }));
      })
      .filter(({ source }) => !/\$|^[a-z]+:\/\/|^git@/.test(source))
      // A pattern may match nothing: `lock*` beside another file is how people write a file that is optional.
      .filter(({ source }) => !/[*?[]/.test(source))
      .map(({ source, line }) => ({ source: source.replace(/^(\.?\/)+/, '').replace(/\/+$/, ''), line }))
      .filter(({ source }) => source !== '' && source !== '.')
  );
}

function jsonWords(text: string): readonly string[] {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

/** Whether a COPY source names a path: the file itself, or a file of the directory. */
function covers(source: string): (path: string) => boolean {
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
function portWarnings(dockerfile: Dockerfile, appPort: number): readonly string[] {
  const exposed = dockerfile
    .getInstructions()
    .filter((instruction) => /^EXPOSE$/i.test(instruction.getKeyword()))
    .flatMap((instruction) => instruction.getArguments().map((argument) => Number.parseInt(argument.getValue(), 10)))
    .filter((port) => Number.isInteger(port));
  return exposed.length === 0 || exposed.includes(appPort)
    ? []
    : [
        `The Dockerfile exposes port ${exposed.join(', ')}, and the Hub waits for port ${appPort}: set app_port in the README or in \`card\`.`,
      ];
}
