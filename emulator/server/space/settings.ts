import type { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import type { Setting } from './space.ts';

/** Names that variables and secrets may have (hub-contract §14). */
export function settingKey(fields: Fields): string {
  const key = fields.text('key');
  if (/^[a-zA-Z][_a-zA-Z0-9]*$/.test(key)) return key;
  throw badRequest(`"key" with value "${key}" fails to match the required pattern: /^[a-zA-Z][_a-zA-Z0-9]*$/`);
}

export function readSetting(fields: Fields, now: Date): Setting {
  return {
    value: fields.optionalText('value') ?? '',
    description: fields.optionalText('description'),
    updatedAt: now.toISOString(),
  };
}

/** Reads the settings that a new Space is created with. */
export function readSettings(list: readonly Fields[], now: Date): Record<string, Setting> {
  return Object.fromEntries(list.map((fields) => [settingKey(fields), readSetting(fields, now)]));
}

/** Variables as the API shows them: each entry names its key, too (hub-contract §14). */
export function shownVariables(settings: Settings): Record<string, Setting & { key: string }> {
  return Object.fromEntries(Object.entries(settings).map(([key, setting]) => [key, { key, ...setting }]));
}

/** Secrets as the API shows them: never a value. */
export function shownSecrets(settings: Settings): Record<string, Omit<Setting, 'value'> & { key: string }> {
  const shown = Object.entries(settings).map(([key, { value: _hidden, ...rest }]) => [key, { key, ...rest }]);
  return Object.fromEntries(shown);
}

type Settings = Readonly<Record<string, Setting>>;
