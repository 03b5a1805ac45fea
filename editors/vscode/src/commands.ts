// The commands that the extension offers.

import * as vscode from 'vscode';
import { importRows } from './imports';
import { describeTypeData } from './type-data';
import type { Server } from './server';

interface Command {
  id: string;
  /** The server's command that it needs. Without one, it can always be run. */
  needs?: string;
  /** Its link in the status item's hover, if it has one there. */
  link?: string;
  run(server: Server, ...args: unknown[]): unknown;
}

/** The command of the server's code action for imports; the server is told that it is here. */
export const IMPORT = 'azapi.import';

/**
 * A command with `needs` has `"enablement": "ID.served"` in package.json, which holds while the running server serves
 * what is needed: a command that is not enabled is not listed.
 */
export const COMMANDS: Command[] = [
  { id: 'azapi.restart', link: 'Restart', run: (server) => server.restart() },
  { id: 'azapi.showLog', link: 'Log', run: (server) => server.log.show() },
  { id: 'azapi.showData', link: 'Type data', needs: 'azapi.typeData', run: showData },
  { id: 'azapi.copyImportCommand', needs: 'azapi.importCommand', run: copyImportCommand },
  { id: IMPORT, needs: 'azapi.importChoices', run: importResource },
  { id: 'azapi.openPage', needs: 'azapi.page', run: openPage },
];

export function registerCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(...COMMANDS.map(({ id, run }) => vscode.commands.registerCommand(id, (...args: unknown[]) => run(server, ...args))));
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
  await copyCommand(command);
}

/** Lets the user choose how the resource at a place, else at the cursor, is imported, and does it. */
async function importResource(server: Server, uri?: unknown, position?: unknown): Promise<void> {
  const asked = 'azapi.importChoices';
  const answer = typeof uri === 'string' ? await server.execute(asked, [uri, position]) : await askAtCursor(server, asked);
  const rows = importRows(answer);
  if (rows.length === 0) {
    void vscode.window.showWarningMessage('There is no azapi resource here that can be imported. Put the cursor on the first line of one, or on its name.');
    return;
  }
  const options = { title: 'Import this resource', placeHolder: 'How?', matchOnDetail: true };
  const choice = (await vscode.window.showQuickPick(rows, options))?.choice;
  if (choice?.copies !== undefined) {
    await copyCommand(choice.copies);
  } else if (choice !== undefined && (await server.apply(choice.edit)) && choice.shows !== undefined) {
    const { line, character } = choice.shows.position;
    const at = new vscode.Position(line, character);
    await vscode.window.showTextDocument(vscode.Uri.parse(choice.shows.uri), { selection: new vscode.Range(at, at) });
  }
}

async function copyCommand(command: string): Promise<void> {
  await vscode.env.clipboard.writeText(command);
  vscode.window.setStatusBarMessage(`Copied: ${command}`, 5_000);
}
