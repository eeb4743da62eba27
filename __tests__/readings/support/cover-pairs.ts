/** The values that each factor can have. */
export type Factors = Readonly<Record<string, readonly string[]>>;
/** One value of each factor. */
export type Row = Readonly<Record<string, string>>;

/** So many rows are tried for each one that is taken. */
const CANDIDATES = 30;

/**
 * Rows in which every two values of two factors come together at least once (a pairwise covering array): of some random
 * rows, each built around a pair that is still missing, the one with most new pairs is taken, until none is missing.
 */
export function coverPairs(factors: Factors, random: () => number): readonly Row[] {
  const missing = new Set(allPairs(factors));
  const rows: Row[] = [];
  for (let [pair] = missing; pair !== undefined; [pair] = missing) {
    const begun = startOf(pair);
    const best = bestOf(
      Array.from({ length: CANDIDATES }, () => completed(begun, factors, missing, random)),
      (row) => countNew(row, missing),
    );
    for (const found of pairsOf(best)) missing.delete(found);
    rows.push(best);
  }
  return rows;
}

/** Every pair of values that a row has, as a text. */
export function pairsOf(row: Row): readonly string[] {
  const values = Object.entries(row);
  return values.flatMap(([factor, value], index) =>
    values.slice(index + 1).map(([other, second]) => [`${factor}=${value}`, `${other}=${second}`].sort().join(' ')),
  );
}

/** Every pair of values that there can be. */
export function allPairs(factors: Factors): readonly string[] {
  const names = Object.keys(factors);
  return names.flatMap((name, index) =>
    names
      .slice(index + 1)
      .flatMap((other) =>
        (factors[name] ?? []).flatMap((value) =>
          (factors[other] ?? []).flatMap((second) => pairsOf({ [name]: value, [other]: second })),
        ),
      ),
  );
}

function startOf(pair: string): Row {
  return Object.fromEntries(pair.split(' ').map((value) => value.split('=')));
}

/** Fills the other factors in a random order, each with the value that makes most missing pairs with those before. */
function completed(begun: Row, factors: Factors, missing: ReadonlySet<string>, random: () => number): Row {
  const open = Object.keys(factors)
    .filter((name) => begun[name] === undefined)
    .map((name) => ({ name, place: random() }))
    .sort((one, other) => one.place - other.place);
  let row = begun;
  for (const { name } of open) {
    const values = (factors[name] ?? []).map((value) => ({ value, tie: random() / 2 }));
    const { value } = bestOf(values, ({ value, tie }) => tie + newWith(row, `${name}=${value}`, missing));
    row = { ...row, [name]: value };
  }
  return row;
}

function newWith(row: Row, value: string, missing: ReadonlySet<string>): number {
  return Object.entries(row).filter(([name, other]) => missing.has([`${name}=${other}`, value].sort().join(' ')))
    .length;
}

function countNew(row: Row, missing: ReadonlySet<string>): number {
  return pairsOf(row).filter((pair) => missing.has(pair)).length;
}

function bestOf<Item>(items: readonly Item[], score: (item: Item) => number): Item {
  const [first, ...others] = items.map((item) => ({ item, score: score(item) }));
  if (first === undefined) throw new Error('there is nothing to choose from');
  return others.reduce((best, each) => (each.score > best.score ? each : best), first).item;
}
