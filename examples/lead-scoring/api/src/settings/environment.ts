export const ENVIRONMENTS = ['development', 'test', 'staging', 'production'] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

export const isEnvironment = (value: string): value is Environment => ENVIRONMENTS.some((known) => known === value);
