import { expect, test } from '@jest/globals';
import { circlesIn, type Import } from './imports.ts';

/** Rooms from the bottom up, each with those that it knows. */
export type Rooms = Readonly<Record<string, readonly string[]>>;

/** Declares the tests that hold imports to a table of rooms: no arrow more or less, none upward, no circle of files. */
export function holdToRooms(rooms: Rooms, imports: readonly Import[], roomOf: (file: string) => string): void {
  const names = Object.keys(rooms);
  const arrows = new Set(imports.map(({ file, target }) => `${roomOf(file)} -> ${roomOf(target)}`));

  test('a room knows what its row allows, no more and no less', () => {
    const known = Object.fromEntries(
      names.map((room) => [room, names.filter((other) => other !== room && arrows.has(`${room} -> ${other}`))]),
    );
    expect(known).toEqual(rooms);
  });

  test('no room knows one above it', () => {
    const upward = names.filter((room) => rooms[room]?.some((other) => names.indexOf(other) > names.indexOf(room)));
    expect(upward).toEqual([]);
  });

  test('no file comes back to itself by its imports', () => {
    expect(circlesIn(imports)).toEqual([]);
  });
}
