import { createParser } from 'eventsource-parser';
import { authorization } from './http/authorization.ts';
import { objectOf, textOf } from './http/json.ts';
import type { Session } from './hub.ts';

export type LogKind = 'build' | 'run';

/** Longer lines are left out: the stream is untrusted, and a line without end would fill the memory. */
const MOST_CHARACTERS = 1_000_000;
const LEFT_OUT = '… a line of more than 1,000,000 characters is left out.';

/**
 * The lines of a log, from its start, until the Hub ends the stream or the signal aborts it (hub-contract §15). Never
 * throws: a log that cannot be read is no reason to fail a deployment. The text is untrusted.
 */
export async function* logLines(
  session: Session,
  id: string,
  kind: LogKind,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const found: string[] = [];
  let isTooLong = false;
  const parser = createParser({
    maxBufferSize: MOST_CHARACTERS,
    onError: ({ type }) => {
      if (type === 'max-buffer-size-exceeded') isTooLong = true;
    },
    onEvent: ({ data }) => {
      for (const line of linesOf(data)) found.push(session.redact(line));
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
        found.push(LEFT_OUT);
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
function linesOf(data: string): readonly string[] {
  if (!data.startsWith('{')) return [];
  try {
    const text = textOf(objectOf(JSON.parse(data))['data']);
    return text === undefined ? [] : text.replace(/\r?\n$/, '').split('\n');
  } catch {
    return [];
  }
}
