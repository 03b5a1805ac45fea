// The commands that the extension offers.

import * as vscode from 'vscode';
import type { Server } from './server';

export function registerCommands(server: Server): vscode.Disposable {
  const commands: [string, () => unknown][] = [
    ['azapi.restart', () => server.restart()],
    ['azapi.showLog', () => server.log.show()],
    ['azapi.showData', () => showData(server)],
    ['azapi.copyImportCommand', () => copyImportCommand(server)],
  ];
  return vscode.Disposable.from(...commands.map(([name, run]) => vscode.commands.registerCommand(name, run)));
}

function showData(server: Server): void {
  const program = server.program;
  if (program !== undefined && program.data.length > 0) {
    void vscode.window.showInformationMessage(`azapi-ls ${program.version}. ${program.data.join('. ')}`);
  }
}

async function copyImportCommand(server: Server): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const command = editor && (await server.importCommand(editor.document, editor.selection.active));
  if (command === undefined) {
    void vscode.window.showWarningMessage('There is no azapi resource here that can be imported.');
    return;
  }
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`Copied: ${command}`, 5_000);
}
