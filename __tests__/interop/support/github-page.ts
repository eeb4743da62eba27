import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { marked } from 'marked';

/** Where GitHub shows a text: under a run, or in a pull request, where a line break stays one. */
export type Place = 'summary' | 'comment';

/** Follows the colour scheme of the browser, as GitHub does. */
const STYLESHEET = readFileSync(fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown.css')), 'utf8');

/** What GitHub puts around a text: a box with a title, at most as wide as on its page. */
const AROUND = `
  body { margin: 0; }
  @media (prefers-color-scheme: dark) { body { background: #0d1117; } }
  .box { max-width: 900px; margin: 16px auto; border: 1px solid var(--borderColor-default); border-radius: 6px; }
  .title { padding: 10px 16px; font-size: 14px; font-weight: 600; border-bottom: 1px solid var(--borderColor-default); }
  .text { padding: 16px; }
  .comment .text { font-size: 14px; }
  @media (max-width: 500px) { .box { margin: 0; border-width: 1px 0; border-radius: 0; } }
`;

/**
 * A page with the text as GitHub renders it. Nothing is sanitized here, as it is there: what acts on this page may only
 * look odd on GitHub.
 */
export function githubPage(markdown: string, place: Place): string {
  const title = place === 'summary' ? 'deploy summary' : 'github-actions[bot] commented';
  const text = marked.parse(markdown, { async: false, gfm: true, breaks: place === 'comment' });
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<style>${STYLESHEET}${AROUND}</style></head>
<body><div class="markdown-body box ${place}"><div class="title">${title}</div><div class="markdown-body text">${text}</div></div></body></html>`;
}
