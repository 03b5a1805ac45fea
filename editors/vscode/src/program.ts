// Which program is the server, and what it says of itself.

import { execFile } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import * as path from 'node:path';

/** A server that can be started. */
export interface Program {
  path: string;
  /** Like `0.1.0`. */
  version: string;
}

/** Why no server can be started, for the user, and what to do. */
export class NoProgram extends Error {}

const NAME = process.platform === 'win32' ? 'azapi-ls.exe' : 'azapi-ls';

/**
 * The configured program, else the one that came with the extension, else the one on PATH.
 * @param configured the setting `azapi.server.path`, empty when it is not set
 */
export async function findProgram(configured: string, extensionPath: string): Promise<Program> {
  if (configured !== '') {
    const found = expandHome(configured);
    if (!isProgram(found)) {
      throw new NoProgram(`azapi.server.path is ${configured}, which is not a program that can be started. Set it to azapi-ls, or leave it empty.`);
    }
    return ask(found);
  }
  const carried = path.join(extensionPath, 'server', NAME);
  const onPath = (process.env['PATH'] ?? '').split(path.delimiter).map((folder) => path.join(folder, NAME));
  const found = [carried, ...onPath].find(isProgram);
  if (found === undefined) {
    throw new NoProgram('The program azapi-ls was not found. Put it on PATH, or set azapi.server.path.');
  }
  return ask(found);
}

/** Whether `version` is older than `wanted`, by their numbers. */
export function isOlder(version: string, wanted: string): boolean {
  const numbers = (text: string) => (text.match(/\d+/g) ?? []).slice(0, 3).map(Number);
  const [have, want] = [numbers(version), numbers(wanted)];
  const at = want.findIndex((number, index) => number !== (have[index] ?? 0));
  return at >= 0 && (have[at] ?? 0) < (want[at] ?? 0);
}

function expandHome(file: string): string {
  const home = process.env['HOME'] ?? process.env['USERPROFILE'];
  return home !== undefined && /^~[/\\]/.test(file) ? path.join(home, file.slice(2)) : file;
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return path.isAbsolute(file) && statSync(file).isFile();
  } catch {
    return false;
  }
}

function ask(program: string): Promise<Program> {
  return new Promise((resolve, reject) => {
    execFile(program, ['--version'], { timeout: 10_000, encoding: 'utf8' }, (error, output) => {
      const [first = ''] = output.trim().split(/\r?\n/);
      const version = /^azapi-ls (\d+\.\d+\.\d+\S*)/.exec(first)?.[1];
      if (error !== null && version === undefined) {
        reject(new NoProgram(`${program} cannot be started: ${error.message.trim()}`));
      } else if (version === undefined) {
        reject(new NoProgram(`${program} is not azapi-ls: its --version says "${first}".`));
      } else {
        resolve({ path: program, version });
      }
    });
  });
}
