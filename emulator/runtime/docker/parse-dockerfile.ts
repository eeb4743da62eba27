import { BuildFailure } from '../base/failures.ts';
import type { Copy, Dockerfile, Mount, Pair, Stage, Step, Words } from './dockerfile.ts';
import { type RawInstruction, readInner, readInstructions, splitWords } from './read-instructions.ts';

/** The flags that each instruction knows; an instruction that is not here is none. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ADD: ['chown', 'chmod', 'link', 'checksum', 'keep-git-dir', 'exclude', 'unpack'],
  ARG: [],
  CMD: [],
  COPY: ['from', 'chown', 'chmod', 'link', 'parents', 'exclude'],
  ENTRYPOINT: [],
  ENV: [],
  EXPOSE: [],
  FROM: ['platform'],
  HEALTHCHECK: ['interval', 'timeout', 'start-period', 'start-interval', 'retries'],
  LABEL: [],
  MAINTAINER: [],
  ONBUILD: [],
  RUN: ['mount', 'network', 'security', 'device'],
  SHELL: [],
  STOPSIGNAL: [],
  USER: [],
  VOLUME: [],
  WORKDIR: [],
};

/** Throws BuildFailure in Docker's words when there is no stage, or a line that is no instruction. */
export function parseDockerfile(content: string): Dockerfile {
  const args: Pair[] = [];
  const stages: (Omit<Stage, 'steps'> & { steps: Step[] })[] = [];
  for (const instruction of readInstructions(content)) {
    check(instruction);
    const stage = stages.at(-1);
    if (instruction.keyword === 'FROM') stages.push({ ...stageOf(instruction), steps: [] });
    else if (stage) stage.steps.push(stepOf(instruction));
    else if (instruction.keyword === 'ARG') args.push(...argPairs(instruction));
    else throw new BuildFailure(1, 'dockerfile parse error: no build stage in current context');
  }
  if (stages.length === 0) throw new BuildFailure(1, 'failed to read dockerfile: file with no instructions');
  return { args, stages };
}

function check(instruction: RawInstruction): void {
  const { keyword, flags, content } = instruction;
  const known = Object.hasOwn(FLAGS, keyword) ? FLAGS[keyword] : undefined;
  if (known === undefined) throw parseError(instruction, `unknown instruction: ${keyword}`);
  const unknown = flags.find(([name]) => !known.includes(name));
  if (unknown) throw parseError(instruction, `unknown flag: --${unknown[0]}`);
  if (content === '' && keyword !== 'CMD') throw parseError(instruction, `${keyword} requires at least one argument`);
}

function parseError({ line }: RawInstruction, message: string): BuildFailure {
  return new BuildFailure(1, `dockerfile parse error on line ${line}: ${message}`);
}

function stageOf(instruction: RawInstruction): Omit<Stage, 'steps'> {
  const [image = '', as, name, ...more] = instruction.content.split(/\s+/);
  if (more.length > 0 || (as !== undefined && (as.toLowerCase() !== 'as' || name === undefined))) {
    throw parseError(instruction, 'FROM requires either one or three arguments');
  }
  return { image, name: name?.toLowerCase(), text: `FROM ${instruction.content}` };
}

function stepOf(instruction: RawInstruction): Step {
  const { keyword, content, heredocs } = instruction;
  const text = `${keyword} ${(content.split('\n', 1)[0] ?? '').replace(/[ \t]{2,}/g, ' ')}`;
  switch (keyword) {
    case 'ENV':
      return { kind: 'env', text, pairs: envPairs(instruction) };
    case 'ARG':
      return { kind: 'arg', text, pairs: argPairs(instruction) };
    case 'COPY':
    case 'ADD':
      return { text, ...copyOf(instruction) };
    case 'WORKDIR':
      return { kind: 'workdir', text, path: content };
    case 'RUN':
      return { kind: 'run', text, command: scriptOf(instruction), mounts: mountsOf(instruction) };
    case 'CMD':
      return { kind: 'cmd', text, command: wordsOf(content) };
    case 'ENTRYPOINT':
      return { kind: 'entrypoint', text, command: wordsOf(content) };
    case 'SHELL': {
      const words = jsonWords(content);
      if (!words) throw parseError(instruction, 'SHELL requires the arguments to be in JSON form');
      return { kind: 'shell', text, words };
    }
    case 'VOLUME':
      return { kind: 'volume', text, words: jsonWords(content) ?? content.split(/\s+/) };
    case 'ONBUILD':
      return { kind: 'onbuild', text, step: triggerOf({ ...instruction, heredocs }) };
    default:
      return { kind: 'other', text };
  }
}

function triggerOf(instruction: RawInstruction): Step {
  const inner = readInner(instruction);
  check(inner);
  if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(inner.keyword)) {
    throw parseError(instruction, `${inner.keyword} isn't allowed as an ONBUILD trigger`);
  }
  return stepOf(inner);
}

function copyOf(instruction: RawInstruction): Copy {
  const { keyword, content, heredocs } = instruction;
  const words = jsonWords(content) ?? content.split(/\s+/);
  const destination = words.at(-1);
  if (words.length < 2 || destination === undefined) {
    throw parseError(instruction, `${keyword} requires at least two arguments`);
  }
  const isHeredoc = (word: string) => heredocs.length > 0 && /^\d*<<-?[^<]+$/.test(word);
  return {
    kind: keyword === 'ADD' ? 'add' : 'copy',
    sources: words.slice(0, -1).filter((word) => !isHeredoc(word)),
    destination,
    from: flagValues(instruction, 'from').at(-1),
    chmod: flagValues(instruction, 'chmod').at(-1),
    parents: flagValues(instruction, 'parents').some((value) => value !== 'false'),
    exclude: flagValues(instruction, 'exclude'),
    heredocs,
  };
}

/** `ENV a=1 b="two words"`, or the old form `ENV name the rest`. */
function envPairs(instruction: RawInstruction): Pair[] {
  const words = splitWords(instruction.content);
  if (!words[0]?.includes('=')) {
    const [, name = '', value] = /^(\S+)\s+(.*)$/s.exec(instruction.content) ?? [];
    if (value === undefined) throw parseError(instruction, 'ENV must have two arguments');
    return [[name, value]];
  }
  return words.map((word) => {
    const at = word.indexOf('=');
    if (at === -1) {
      throw parseError(instruction, `Syntax error - can't find = in "${word}". Must be of the form: name=value`);
    }
    return [word.slice(0, at), word.slice(at + 1)];
  });
}

function argPairs({ content }: RawInstruction): Pair[] {
  return splitWords(content).map((word) => {
    const at = word.indexOf('=');
    return at === -1 ? [word, undefined] : [word.slice(0, at), word.slice(at + 1)];
  });
}

function flagValues({ flags }: RawInstruction, name: string): string[] {
  return flags.filter(([each]) => each === name).map(([, value]) => value);
}

function mountsOf(instruction: RawInstruction): Mount[] {
  return flagValues(instruction, 'mount').map((value) =>
    Object.fromEntries(
      value.split(',').map((option) => {
        const at = option.indexOf('=');
        return at === -1 ? [option.trim(), 'true'] : [option.slice(0, at).trim(), option.slice(at + 1)];
      }),
    ),
  );
}

/** A here document alone is the script; one within a command belongs to the shell, which gets it whole. */
function scriptOf({ content, heredocs }: RawInstruction): Words {
  const [first] = heredocs;
  if (!first) return wordsOf(content);
  if (heredocs.length === 1 && /^\d*<<-?[^<\s]+$/.test(content)) return { form: 'shell', text: first.content };
  return {
    form: 'shell',
    text: [content, ...heredocs.map((each) => each.content + each.name)].join('\n'),
  };
}

function wordsOf(content: string): Words {
  const words = jsonWords(content);
  return words ? { form: 'exec', words } : { form: 'shell', text: content };
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
