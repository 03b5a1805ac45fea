// Where a value is to be written at a tab stop: VS Code asks for a list there only when something is typed, or when a stop
// is a choice that the server knew beforehand. What may stand there depends on what was written at the stops before. Knows
// no editor, so that it can be tried without one.

/** Whether nothing is written yet behind a `=`, between quotes or without, by the line around the cursor. */
export function isEmptyValue(before: string, behind: string): boolean {
  const [, quote] = /^\s*[\w-]+\s*=\s*("?)$/.exec(before) ?? [];
  return quote !== undefined && behind.trim() === quote;
}
