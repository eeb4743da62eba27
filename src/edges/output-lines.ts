import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Letters of a line; the rest of a longer one is dropped. */
const LONGEST = 16_000;
/** More than anybody reads; what comes after it is read and dropped, so that the command does not stand still. */
const MOST_LINES = 5_000;
const MOST_LETTERS = 2_000_000;
const TOO_LONG = '… the output goes on; no more of it is shown.';

/** The lines of some streams, in the order in which they come. */
export interface OutputLines {
  /** Whole lines that came since the last call. */
  take(): readonly string[];
  /** The same, with a last line that has no end; nothing is read any more. */
  end(): readonly string[];
  /** Resolves when all streams have ended. */
  readonly closed: Promise<unknown>;
}

export function followLines(streams: readonly Readable[]): OutputLines {
  let fresh: string[] = [];
  let shown = { lines: 0, letters: 0 };
  const add = (line: string) => {
    if (shown.lines > MOST_LINES || shown.letters > MOST_LETTERS) return;
    shown = { lines: shown.lines + 1, letters: shown.letters + line.length };
    fresh.push(shown.lines > MOST_LINES || shown.letters > MOST_LETTERS ? TOO_LONG : line);
  };
  const splitters = streams.map((stream) => splitInto(stream, add));
  return {
    closed: Promise.all(streams.map((stream) => new Promise((resolve) => stream.once('close', resolve)))),
    take: () => {
      const taken = fresh;
      fresh = [];
      return taken;
    },
    end() {
      for (const flush of splitters) flush();
      for (const stream of streams) stream.destroy();
      const taken = fresh;
      fresh = [];
      return taken;
    },
  };
}

/** Calls `add` with each line; the function that it gives hands over the last one. A carriage return ends a line, too. */
function splitInto(stream: Readable, add: (line: string) => void): () => void {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  let isCut = false;
  const accept = (text: string) => {
    if (begun.length + text.length > LONGEST) isCut = true;
    begun += text.slice(0, LONGEST - begun.length);
  };
  const flush = () => {
    // Cut at a space: a part of a secret could not be recognised any more.
    if (begun !== '') add(isCut ? begun.replace(/\S*$/, '…') : begun);
    begun = '';
    isCut = false;
  };
  stream.on('data', (data: Buffer) => {
    const [first = '', ...others] = decoder.write(data).split(/\r\n|\n|\r/);
    accept(first);
    for (const other of others) {
      if (begun === '') add('');
      else flush();
      accept(other);
    }
  });
  // A command that was ended has nothing more to say.
  stream.on('error', () => undefined);
  return () => {
    accept(decoder.end());
    flush();
  };
}
