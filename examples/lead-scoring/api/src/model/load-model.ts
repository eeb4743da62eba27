import { readFileSync } from 'node:fs';
import type { Model } from './model.ts';

/** Reads the model.json that ships with this folder. */
export const loadModel = (): Model => JSON.parse(readFileSync(new URL('../../model.json', import.meta.url), 'utf8'));
