import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isEmptyValue } from '../src/stops';

test('a value is to be written behind a `=`, between quotes or without', () => {
  for (const line of ['  parent_id = |', '  parent_id =|', '\ttype      = "|"', '  name="|"', 'kind = |  ', 'a-b = |']) {
    const [before = '', behind = ''] = line.split('|');
    assert.equal(isEmptyValue(before, behind), true, line);
  }
});

test('elsewhere none is', () => {
  for (const line of ['|', '  |', '  parent_id|', '  parent_id = x|', '  parent_id = |x', '  name = "|x"', '  name = "x|"', '  a = "|', '  a = |"', '# a = b|', '  a == |', 'resource "|"', '  body = {|']) {
    const [before = '', behind = ''] = line.split('|');
    assert.equal(isEmptyValue(before, behind), false, line);
  }
});
