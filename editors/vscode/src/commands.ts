// The commands that the extension offers.

import * as vscode from 'vscode';
import { describeTypeData } from './type-data';
import type { Server } from './server';

interface Command {
  id: string;
  /** The server's command that it needs. Without one, it can always be run. */
  needs?: string;
  /** Its link in the status item's hover, if it has one there. */
  link?: string;
  run(server: Server): unknown;
}

/**
 * A command with `needs` has `"enablement": "ID.served"` in package.json, which holds while the running server serves
 * what is needed: a command that is not enabled is not listed.
 */
export const COMMANDS: Command[] = [
  { id: 'azapi.restart', link: 'Restart', run: (server) => server.restart() },
  { id: 'azapi.showLog', link: 'Log', run: (server) => server.log.show() },
  { id: 'azapi.showData', link: 'Type data', needs: 'azapi.typeData', run: showData },
  { id: 'azapi.copyImportCommand', needs: 'azapi.importCommand', run: copyImportCommand },
];

export function registerCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(...COMMANDS.map(({ id, run }) => vscode.commands.registerCommand(id, () => run(server))));
}

/** Lists the commands that the server can do, and no other. */
export function listCommands(served: readonly string[]): void {
  for (const { id, needs } of COMMANDS.filter((command) => command.needs !== undefined)) {
    void vscode.commands.executeCommand('setContext', `${id}.served`, served.includes(needs!));
  }
}

async function showData(server: Server): Promise<void> {
  const data = await server.typeData();
  if (data !== undefined) {
    void vscode.window.showInformationMessage(describeTypeData(data).join(' '));
  }
}

async function copyImportCommand(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const place = editor && [editor.document.uri.toString(), editor.selection.active];
  const command = place && (await server.execute('azapi.importCommand', place));
  if (typeof command !== 'string') {
    void vscode.window.showWarningMessage('There is no azapi resource here that can be imported.');
    return;
  }
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`Copied: ${command}`, 5_000);
}
