import { HubError } from './hub-error.ts';

/** Reads a JSON or form body field by field; what has the wrong type is answered 400 with the field's name. */
export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;
  readonly #status: number;

  constructor(body: unknown, status = 400) {
    if (body !== undefined && (typeof body !== 'object' || body === null || Array.isArray(body))) {
      throw new HubError(status, 'The body must be a JSON object');
    }
    this.#values = { ...body };
    this.#status = status;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined && this.#values[name] !== null;
  }

  raw(name: string): unknown {
    return this.#values[name];
  }

  text(name: string): string {
    const value = this.#values[name];
    return typeof value === 'string' ? value : this.#refuse(name, 'a string');
  }

  optionalText(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  number(name: string): number {
    const value = this.#values[name];
    return typeof value === 'number' && Number.isFinite(value) ? value : this.#refuse(name, 'a number');
  }

  optionalNumber(name: string): number | undefined {
    return this.has(name) ? this.number(name) : undefined;
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    if (!this.has(name)) return undefined;
    return typeof value === 'boolean' ? value : this.#refuse(name, 'a boolean');
  }

  /** A list of objects; empty when absent. */
  objects(name: string): Fields[] {
    return this.#list(name).map((item) => new Fields(item, this.#status));
  }

  /** A list of strings, or one string. */
  texts(name: string): string[] {
    const value = this.#values[name];
    const list = typeof value === 'string' ? [value] : this.#list(name);
    return list.map((item) => (typeof item === 'string' ? item : this.#refuse(name, 'a list of strings')));
  }

  #list(name: string): unknown[] {
    const value = this.#values[name];
    if (!this.has(name)) return [];
    return Array.isArray(value) ? value : this.#refuse(name, 'a list');
  }

  #refuse(name: string, expected: string): never {
    throw new HubError(this.#status, `"${name}" must be ${expected}`);
  }
}
