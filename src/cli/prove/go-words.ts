/** Words of Go that no variable can have as its name, and names that a test should not hide. */
export const goWords: ReadonlySet<string> = new Set([
  'type',
  'func',
  'map',
  'chan',
  'range',
  'select',
  'interface',
  'package',
  'import',
  'error',
  'string',
  'len',
  'cap',
  't',
  'n',
  'run',
]);
