// Starts the server with the first Terraform or OpenTofu file, and stops it at the end.

import * as vscode from 'vscode';
import { registerCommands, servePages } from './commands';
import { profile } from './profile';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('azapi-ls', { log: true });
  server = new Server(context, log);
  context.subscriptions.push(log, server, registerCommands(server), servePages(), restartOnChanges(server));
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** The other settings reach the running server. What it offers by its profile, it says when it starts. */
function restartOnChanges(server: Server): vscode.Disposable {
  let offered = profile();
  const restartOnNewProfile = () => {
    if (offered !== profile()) {
      offered = profile();
      void server.restart();
    }
  };
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('azapi.server.path')) {
        offered = profile();
        void server.restart();
      } else if (event.affectsConfiguration('azapi.profile')) {
        restartOnNewProfile();
      }
    }),
    vscode.extensions.onDidChange(restartOnNewProfile),
    // What the workspace's own settings may say changes with its trust.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void server.restart()),
  );
}
