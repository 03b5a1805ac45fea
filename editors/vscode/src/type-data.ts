// What the server says of the type data that it answers a file from.

export interface TypeData {
  source: 'bundled' | 'file';
  /** With its version. */
  name: string;
  newest_api_version: string;
  /** Of `file` only. */
  path?: string;
}

/** Sentences for the user: what it is, how new it is, where it is from. */
export function describeTypeData(data: TypeData): string[] {
  const from = data.source === 'file' ? `From ${data.path ?? 'a file'}.` : 'Bundled with azapi-ls.';
  return [`Type data: ${data.name}.`, `Newest api-version: ${data.newest_api_version}.`, from];
}
