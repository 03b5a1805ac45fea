// Starts the server with the first Terraform or OpenTofu file, and stops it at the end.

import * as vscode from 'vscode';
import { registerCommands, servePages } from './commands';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('azapi-ls', { log: true });
  server = new Server(context, log);
  context.subscriptions.push(log, server, registerCommands(server), servePages(), restartOnNewPath(server));
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The other settings reach the running server. */
function restartOnNewPath(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('azapi.server.path')) {
        void server.restart();
      }
    }),
    // What the workspace's own settings may say changes with its trust.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  );
}
