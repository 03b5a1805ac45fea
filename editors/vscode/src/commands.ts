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
  { id: 'azapi.openPage', needs: 'azapi.page', run: openPage },
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

/** The pages that were opened, by their address. */
const pages = new Map<string, string>();
const PAGES = 'azapi-page';

/** Gives the text of pages to what shows them. */
export function servePages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(PAGES, {
    provideTextDocumentContent: (uri) => pages.get(uri.toString()),
  });
}

/** What a command of the server answers about the cursor's place. */
async function askAtCursor(server: Server, command: string): Promise<unknown> {
  const editor = vscode.window.activeTextEditor;
  return editor && server.execute(command, [editor.document.uri.toString(), editor.selection.active]);
}

async function openPage(server: Server): Promise<void> {
  const page = (await askAtCursor(server, 'azapi.page')) as { title: string; markdown: string } | undefined;
  if (page === undefined) {
    void vscode.window.showWarningMessage('There is no azapi block here whose type is known.');
    return;
  }
  const uri = vscode.Uri.from({ scheme: PAGES, path: `/${page.title}.md` });
  pages.set(uri.toString(), page.markdown);
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}

async function copyImportCommand(server: Server): Promise<void> {
  const command = await askAtCursor(server, 'azapi.importCommand');
  if (typeof command !== 'string') {
    void vscode.window.showWarningMessage('There is no azapi resource here that can be imported.');
    return;
  }
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`Copied: ${command}`, 5_000);
}
