import type { Fault, FaultAction } from './fault.ts';

interface Armed {
  readonly fault: Fault;
  calls: number;
}

/** The faults that are set, and how often each was met. */
export class Faults {
  readonly #armed = new Set<Armed>();
  readonly #routes = new Set<string>();

  /** Registers a route, so that a fault cannot be set on one that does not exist. */
  know(route: string): void {
    this.#routes.add(route);
  }

  /** Sets a fault, and returns the function that removes it. */
  set(fault: Fault): () => void {
    if (fault.route !== '*' && !this.#routes.has(fault.route)) {
      throw new Error(`The local Hub has no route '${fault.route}'. It has:\n${[...this.#routes].sort().join('\n')}`);
    }
    const armed = { fault, calls: 0 };
    this.#armed.add(armed);
    return () => this.#armed.delete(armed);
  }

  /** What happens to this call. Counts it for every fault that matches. */
  met(route: string): FaultAction[] {
    return [...this.#armed].flatMap((armed) => {
      if (armed.fault.route !== '*' && armed.fault.route !== route) return [];
      armed.calls += 1;
      return strikes(armed.fault.on ?? 1, armed.calls) ? [armed.fault.then] : [];
    });
  }

  reset(): void {
    this.#armed.clear();
  }
}

function strikes(on: NonNullable<Fault['on']>, call: number): boolean {
  if (on === 'every') return true;
  return typeof on === 'number' ? on === call : on.includes(call);
}
