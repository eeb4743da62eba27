import { Copy, type Dockerfile, DockerfileParser } from 'dockerfile-ast';
import picomatch from 'picomatch';

/** What a Dockerfile, read beside the files that go along, makes one expect trouble from. */
export function dockerfileWarnings(
  text: string,
  deployed: readonly string[],
  dockerignore: string,
  appPort: number,
  existsUntracked: (path: string) => boolean,
): readonly string[] {
  const dockerfile = DockerfileParser.parse(text);
  const ignored = dockerIgnores(dockerignore);
  const missing = copiedSources(dockerfile).flatMap(({ source, line }) => {
    const matched = deployed.filter(covers(source));
    const where = `Dockerfile, line ${line}: COPY of ${JSON.stringify(source)} will fail`;
    if (matched.some((path) => !ignored(path))) return [];
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
  return dockerfile
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
    .map(({ source, line }) => ({ source: source.replace(/^(\.?\/)+/, '').replace(/\/+$/, ''), line }))
    .filter(({ source }) => source !== '' && source !== '.');
}

function jsonWords(text: string): readonly string[] {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map(String) : [];
  } catch {
    return [];
  }
}

/** Whether a path is what a COPY source names: the file, a file of the directory, or a match of the pattern. */
function covers(source: string): (path: string) => boolean {
  const matches = picomatch([source, `${source}/**`], { dot: true });
  return (path) => path === source || path.startsWith(`${source}/`) || matches(path);
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
