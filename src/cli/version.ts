/** Of package.json. Written by `npm run docs`; change package.json, not this file. */
export const VERSION = '0.1.0';
