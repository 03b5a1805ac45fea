// Tries what needs no editor: `npm test`.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importRows } from '../src/imports';

test('a row says what is done, and below it what comes of it', () => {
  const rows = importRows([
    { title: 'add an import block to imports.tf', about: 'Taken up with the next apply.', edit: { documentChanges: [] } },
    { title: 'copy the command', about: 'To be run once.', copies: 'terraform import x y' },
  ]);
  assert.deepEqual(
    rows.map(({ label, detail }) => [label, detail]),
    [
      ['Add an import block to imports.tf', 'Taken up with the next apply.'],
      ['Copy the command', 'To be run once.'],
    ],
  );
  assert.equal(rows[1]?.choice.copies, 'terraform import x y');
});

test('what cannot be done is no row', () => {
  for (const answer of [undefined, null, {}, [], [null], ['x'], [{ title: 'x' }], [{ title: 'x', about: 'y' }]]) {
    assert.deepEqual(importRows(answer), []);
  }
});
