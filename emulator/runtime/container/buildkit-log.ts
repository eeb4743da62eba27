import type { LogWriter } from '../log/log.ts';
import type { BuildLog } from './build-log.ts';

/** `#7 [stage-1 2/5] RUN make`, `#7 0.512 text`, `#7 DONE 1.2s`. */
const LINE = /^#(\d+) (.*)$/s;
/** `[2/5] RUN make`, `[stage-1 2/5] RUN make`, `[linux/amd64 build 1/2] FROM …`; not `[internal] load …`. */
const STEP = /^\[(?:[^\]]* )?\d+\/\d+\] (.*)$/s;
/** A check of the Dockerfile, which newer clients print at the end. */
const WARNING = /^ - ([A-Z]\w+: .*?)(?: \(line \d+\))?$/;
/** What the client says about itself: digests and downloads. */
const CHATTER = /^(sha256:|resolve |extracting |transferring |exporting |writing |naming |importing |\.\.\.$)/;

/** Writes what BuildKit's client prints, with `--progress plain`, as the Hub's build log has it (hub-contract §15). */
export function buildkitLog(log: LogWriter): BuildLog {
  const steps = new Map<string, string>();
  const tail: string[] = [];
  let shown: string | undefined;
  let hasFailed = false;
  const show = (number: string, text: string) => {
    // Stages are built at the same time: their lines come mixed.
    if (shown !== number) log(`--> ${steps.get(number)}\n`);
    shown = number;
    log(`${text}\n`);
  };
  const inStep = (number: string, text: string) => {
    if (/^(DONE|CACHED|CANCELED)\b/.test(text)) {
      if (text !== 'CANCELED') show(number, text);
    } else if (!text.startsWith('ERROR: ') && !CHATTER.test(text)) show(number, text.replace(/^\d+\.\d+ ?/, ''));
  };
  return {
    line(line) {
      if (line === '------') hasFailed = true;
      const [, warning] = WARNING.exec(line) ?? [];
      if (warning !== undefined) return log(`WARN: ${warning}\n`);
      const [, number = '', text = ''] = LINE.exec(line) ?? [];
      const [, step] = STEP.exec(text) ?? [];
      if (number === '' || hasFailed) tail.push(line);
      else if (step !== undefined) steps.set(number, step);
      else if (steps.has(number)) inStep(number, text);
    },
    reason: () => modernWords(lastError(tail)),
  };
}

function lastError(tail: readonly string[]): string {
  const lines = tail.map((line) => line.trim()).filter((line) => line !== '' && !/^-+$/.test(line));
  const error = lines.findLast((line) => /^(ERROR: )?(failed to|executor failed|error )/i.test(line)) ?? lines.at(-1);
  return error?.replace(/^ERROR: /, '') ?? 'Error';
}

/** The words of today's BuildKit, which the Hub has, where an older one says it in its own. */
function modernWords(reason: string): string {
  return reason
    .replace(/^failed to solve with frontend dockerfile\.v0: (failed to create LLB definition: )?/, 'failed to solve: ')
    .replace(/^failed to solve: (?=process ")/, '')
    .replace(
      /^(?:failed to solve: (?:rpc error: .* desc = )?)?executor failed running \[(.*)\]: exit code: (\d+)$/s,
      'process "$1" did not complete successfully: exit code: $2',
    )
    .replace(
      /^(?:failed to solve: )?failed to compute cache key: "(.*)" not found: not found$/,
      'failed to solve: failed to compute cache key: failed to calculate checksum of ref: "$1": not found',
    );
}
