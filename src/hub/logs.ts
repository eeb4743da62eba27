import { createParser } from 'eventsource-parser';
import { authorization } from './http/authorization.ts';
import { objectOf, textOf } from './http/json.ts';
import type { Session } from './hub.ts';

export type LogKind = 'build' | 'run';

/** One line of a log; the text is untrusted. */
export interface LogLine {
  readonly text: string;
  /** When it was written, by the Hub's clock, in milliseconds since the epoch; absent where the Hub does not say. */
  readonly at: number | undefined;
}

/** Longer lines are left out: the stream is untrusted, and a line without end would fill the memory. */
const MOST_CHARACTERS = 1_000_000;
const LEFT_OUT = '… a line of more than 1,000,000 characters is left out.';

/**
 * The lines of a log, from its start, until the Hub ends the stream or the signal aborts it (hub-contract §15). Never
 * throws: a log that cannot be read is no reason to fail a deployment.
 */
export async function* logLines(
  session: Session,
  id: string,
  kind: LogKind,
  signal: AbortSignal,
): AsyncGenerator<LogLine> {
  const found: LogLine[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') isTooLong = true;
    },
    onEvent: ({ data }) => {
      for (const { text, at } of linesOf(data)) found.push({ text: session.redact(text), at });
    },
  });
  const decoder = new TextDecoder();
  try {
    const response = await session.fetch(`${session.hub.url}/api/spaces/${id}/logs/${kind}`, {
      headers: { accept: 'text/event-stream', ...authorization(session.hub) },
      signal,
    });
    if (!response.ok || response.body === null) return;
    for await (const chunk of response.body) {
      parser.feed(decoder.decode(chunk as Uint8Array, { stream: true }));
      if (isTooLong) {
        found.push({ text: LEFT_OUT, at: undefined });
        // The parser takes no more until it is reset, and then skips the rest of the line.
        parser.reset();
        isTooLong = false;
      }
      yield* found.splice(0);
    }
  } catch {
    // The stream broke or was aborted: what came so far is the log.
  }
}

/** Some texts end in a line break and others do not (hub-contract §15); keep-alives have no text at all. */
function linesOf(data: string): readonly LogLine[] {
  if (!data.startsWith('{')) return [];
  try {
    const event = objectOf(JSON.parse(data));
    const time = Date.parse(textOf(event['timestamp']) ?? '');
    const at = Number.isNaN(time) ? undefined : time;
    const lines =
      textOf(event['data'])
        ?.replace(/\r?\n$/, '')
        .split('\n') ?? [];
    return lines.map((text) => ({ text, at }));
  } catch {
    return [];
  }
}
