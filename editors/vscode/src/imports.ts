// The ways to import a resource, as the server tells them and as the user chooses among them. Knows no editor, so that it
// can be tried without one.

/** What a way does: it writes, or it gives a text for the clipboard. */
export interface ImportChoice {
  title: string;
  about: string;
  /** A `WorkspaceEdit` of the protocol. */
  edit?: unknown;
  /** Where the edit writes, if that is another file. */
  shows?: { uri: string; position: { line: number; character: number } };
  copies?: string;
}

/** A row of the list: what is done, and below it what comes of it. */
export interface ImportRow {
  label: string;
  detail: string;
  choice: ImportChoice;
}

/** The rows, of all that the server said what can be done here; none of an answer that is none. */
export function importRows(answer: unknown): ImportRow[] {
  return Array.isArray(answer) ? answer.filter(isChoice).map((choice) => ({ label: capitalized(choice.title), detail: choice.about, choice })) : [];
}

function isChoice(it: unknown): it is ImportChoice {
  const { title, about, edit, copies } = (it ?? {}) as Partial<ImportChoice>;
  return typeof title === 'string' && typeof about === 'string' && (typeof copies === 'string' || typeof edit === 'object');
}

function capitalized(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}
