import { badRequest } from '../http/refusals.ts';

/** Reads the values of an NDJSON body as they arrive. */
export async function* ndjson(body: AsyncIterable<Buffer>): AsyncGenerator<unknown> {
  let pieces: Buffer[] = [];
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, from)) {
      yield* parseLine(Buffer.concat([...pieces, chunk.subarray(from, end)]));
      pieces = [];
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
  }
  yield* parseLine(Buffer.concat(pieces));
}

function* parseLine(line: Buffer): Generator<unknown> {
  const text = line.toString();
  if (text.trim() === '') return;
  try {
    yield JSON.parse(text);
  } catch {
    throw badRequest('Invalid JSON line');
  }
}
