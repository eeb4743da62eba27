import type { ServerResponse } from 'node:http';
import type { Stage } from '../../space-runtime.ts';

/** Answers with a small HTML page. */
export function page(response: ServerResponse, status: number, text: string): void {
  const body = `<!doctype html><html><head><title>${text}</title></head><body><h1>${text}</h1></body></html>\n`;
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** What a visitor reads while nothing serves; only the text for errors is the Hub's own (hub-contract §16.3). */
export function absenceText(stage: Stage): string {
  switch (stage) {
    case 'RUNTIME_ERROR':
    case 'BUILD_ERROR':
    case 'CONFIG_ERROR':
    case 'NO_APP_FILE':
      return 'Your space is in error, check its status on hf.co';
    case 'SLEEPING':
      return 'This Space is sleeping: your visit wakes it';
    case 'PAUSED':
      return 'This Space has been paused by its owner';
    default:
      return 'Your space is building, come back in a moment';
  }
}
