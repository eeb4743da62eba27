import { expect, test } from '@jest/globals';
import { forbidsFraming } from '../../../src/health/framing.ts';

const CSP = 'content-security-policy';
const XFO = 'x-frame-options';

test.each<[Record<string, string>, string | undefined]>([
  [{}, undefined],
  [{ [XFO]: 'DENY' }, 'X-Frame-Options: DENY'],
  [{ [XFO]: 'sameorigin' }, 'X-Frame-Options: sameorigin'],
  [{ [XFO]: 'SAMEORIGIN, SAMEORIGIN' }, 'X-Frame-Options: SAMEORIGIN, SAMEORIGIN'],
  // Browsers ignore what they do not know, and ALLOW-FROM is not known any more.
  [{ [XFO]: 'ALLOW-FROM https://example.org' }, undefined],
  [{ [XFO]: 'ALLOWALL' }, undefined],
  [{ [CSP]: "default-src 'self'; script-src 'none'" }, undefined],
  [{ [CSP]: "default-src 'self'", [XFO]: 'DENY' }, 'X-Frame-Options: DENY'],
  [{ [CSP]: "default-src 'self'; frame-ancestors 'self'" }, "Content-Security-Policy: frame-ancestors 'self'"],
  [{ [CSP]: "Frame-Ancestors 'none'" }, "Content-Security-Policy: frame-ancestors 'none'"],
  [{ [CSP]: 'frame-ancestors' }, 'Content-Security-Policy: frame-ancestors'],
  [{ [CSP]: "frame-ancestors 'self' https://huggingface.co;" }, undefined],
  [{ [CSP]: 'frame-ancestors huggingface.co' }, undefined],
  [{ [CSP]: 'frame-ancestors HTTPS://HuggingFace.co:443/spaces' }, undefined],
  [{ [CSP]: 'frame-ancestors http://huggingface.co' }, undefined],
  [{ [CSP]: 'frame-ancestors https://*:*' }, undefined],
  [{ [CSP]: 'frame-ancestors *' }, undefined],
  [{ [CSP]: 'frame-ancestors https:' }, undefined],
  [
    { [CSP]: 'frame-ancestors https://*.huggingface.co' },
    'Content-Security-Policy: frame-ancestors https://*.huggingface.co',
  ],
  [
    { [CSP]: 'frame-ancestors https://huggingface.co:8443' },
    'Content-Security-Policy: frame-ancestors https://huggingface.co:8443',
  ],
  [
    { [CSP]: 'frame-ancestors https://huggingface.co.example.org' },
    'Content-Security-Policy: frame-ancestors https://huggingface.co.example.org',
  ],
  // The newer header outranks the older one, and only its first directive of a policy counts.
  [{ [CSP]: 'frame-ancestors https://huggingface.co', [XFO]: 'DENY' }, undefined],
  [{ [CSP]: "frame-ancestors *; frame-ancestors 'none'" }, undefined],
  // Two headers arrive as one: each policy must allow it.
  [{ [CSP]: "frame-ancestors *, frame-ancestors 'none'" }, "Content-Security-Policy: frame-ancestors 'none'"],
])('%j', (headers, forbidding) => {
  expect(forbidsFraming((name) => headers[name] ?? null)).toBe(forbidding);
});
