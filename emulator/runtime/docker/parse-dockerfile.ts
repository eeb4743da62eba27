import {
  Add,
  Arg,
  Copy as CopyInstruction,
  DockerfileParser,
  Env,
  From,
  type Instruction,
  ModifiableInstruction,
} from 'dockerfile-ast';
import { BuildFailure } from '../base/failures.ts';
import type { Dockerfile, Heredoc, Pair, Stage, Step, Words } from './dockerfile.ts';

const KEYWORDS = new Set(
  'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(
    ' ',
  ),
);
const HEREDOC = /<<-?(["']?)(\w+)\1/g;

/** Throws BuildFailure in Docker's words when there is no stage, or a word that is no instruction. */
export function parseDockerfile(content: string): Dockerfile {
  const args: Pair[] = [];
  const stages: (Omit<Stage, 'steps'> & { steps: Step[] })[] = [];
  for (const instruction of DockerfileParser.parse(content).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (!KEYWORDS.has(keyword)) {
      const line = instruction.getRange().start.line + 1;
      throw new BuildFailure(1, `dockerfile parse error on line ${line}: unknown instruction: ${keyword}`);
    }
    const stage = stages.at(-1);
    if (instruction instanceof From) stages.push({ ...stageOf(instruction), steps: [] });
    else if (stage) stage.steps.push(stepOf(instruction));
    else if (instruction instanceof Arg) args.push(...pairsOf(instruction));
    else throw new BuildFailure(1, 'dockerfile parse error: no build stage in current context');
  }
  if (stages.length === 0) throw new BuildFailure(1, 'failed to read dockerfile: file with no instructions');
  return { args, stages };
}

function stageOf(from: From): Omit<Stage, 'steps'> {
  return {
    image: from.getImage() ?? '',
    name: from.getBuildStage() ?? undefined,
    text: `FROM ${argumentsOf(from)}`,
  };
}

function stepOf(instruction: Instruction): Step {
  const keyword = instruction.getKeyword();
  const content = argumentsOf(instruction);
  const text = `${keyword} ${firstLine(content)}`;
  if (instruction instanceof Env) return { kind: 'env', text, pairs: pairsOf(instruction) };
  if (instruction instanceof Arg) return { kind: 'arg', text, pairs: pairsOf(instruction) };
  if (instruction instanceof CopyInstruction || instruction instanceof Add) return copyOf(instruction, text, content);
  switch (keyword) {
    case 'WORKDIR':
      return { kind: 'workdir', text, path: unquote(content) };
    case 'RUN':
      return { kind: 'run', text, command: scriptOf(content), mounts: flagsOf(instruction, 'mount') };
    case 'CMD':
      return { kind: 'cmd', text, command: wordsOf(content) };
    case 'ENTRYPOINT':
      return { kind: 'entrypoint', text, command: wordsOf(content) };
    case 'SHELL':
      return { kind: 'shell', text, words: listOf(content) };
    case 'VOLUME':
      return { kind: 'volume', text, words: listOf(content) };
    default:
      return { kind: 'other', text };
  }
}

function copyOf(instruction: CopyInstruction | Add, text: string, content: string): Step {
  const heredocs = heredocsOf(content);
  const words = listOf(heredocs.length > 0 ? firstLine(content) : content);
  const destination = words.at(-1);
  if (words.length < 2 || destination === undefined) {
    throw new BuildFailure(1, `dockerfile parse error: ${instruction.getKeyword()} requires at least two arguments`);
  }
  const sources = words.slice(0, -1).filter((word) => !word.startsWith('<<'));
  return { kind: 'copy', text, sources, destination, heredocs, from: flagsOf(instruction, 'from')[0] };
}

/** Joins continuation lines and drops comment lines between them; here-documents stay as they are. */
function argumentsOf(instruction: Instruction): string {
  const raw = instruction.getRawArgumentsContent() ?? '';
  if (firstLine(raw).search(HEREDOC) !== -1) return raw;
  return raw
    .split(/\r?\n/)
    .filter((line, index) => index === 0 || !/^\s*(#|$)/.test(line))
    .join('\n')
    .replace(/\\[ \t]*\n\s*/g, ' ')
    .trim();
}

function pairsOf(instruction: Env | Arg): Pair[] {
  return instruction.getProperties().map((property) => {
    const literal = property.getUnescapedValue()?.startsWith("'") ?? false;
    return [property.getName(), property.getValue() ?? undefined, literal] as const;
  });
}

function flagsOf(instruction: Instruction, name: string): string[] {
  if (!(instruction instanceof ModifiableInstruction)) return [];
  return instruction
    .getFlags()
    .filter((flag) => flag.getName() === name)
    .map((flag) => flag.getValue() ?? '');
}

function scriptOf(content: string): Words {
  const [heredoc] = heredocsOf(content);
  return heredoc ? { form: 'shell', text: heredoc.content } : wordsOf(content);
}

function wordsOf(content: string): Words {
  const words = jsonWords(content);
  return words ? { form: 'exec', words } : { form: 'shell', text: content };
}

function listOf(content: string): string[] {
  return jsonWords(content) ?? content.split(/\s+/).filter(Boolean).map(unquote);
}

function jsonWords(content: string): string[] | undefined {
  if (!content.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(content);
    return Array.isArray(value) && value.every((word) => typeof word === 'string') ? value : undefined;
  } catch {
    return undefined; // Docker takes it for the shell form, too.
  }
}

function heredocsOf(content: string): Heredoc[] {
  const [head = '', ...lines] = content.split(/\r?\n/);
  return [...head.matchAll(HEREDOC)].map(([, quote, name = '']) => {
    const end = lines.findIndex((line) => line.trim() === name);
    const taken = lines.splice(0, end === -1 ? lines.length : end + 1);
    return {
      name,
      literal: quote !== '',
      content: taken
        .slice(0, end === -1 ? undefined : -1)
        .join('\n')
        .concat('\n'),
    };
  });
}

function firstLine(text: string): string {
  return text.split(/\r?\n/, 1)[0] ?? '';
}

function unquote(word: string): string {
  return /^(["']).*\1$/.test(word) ? word.slice(1, -1) : word;
}
