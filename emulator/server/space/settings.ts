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

/** All settings without their values, as the Hub shows secrets. */
export function withoutValues(settings: Readonly<Record<string, Setting>>): Record<string, Omit<Setting, 'value'>> {
  const names = Object.entries(settings).map(([key, { value: _hidden, ...rest }]) => [key, rest]);
  return Object.fromEntries(names);
}
