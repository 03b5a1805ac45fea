// Starts the server with the first Terraform or OpenTofu file, and stops it at the end.

import * as vscode from 'vscode';
import { registerCommands, servePages } from './commands';
import { LANGUAGES } from './languages';
import { profile } from './profile';
import { Server } from './server';
import { isEmptyValue } from './stops';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const log = vscode.window.createOutputChannel('azapi-ls', { log: true });
  server = new Server(context, log);
  context.subscriptions.push(log, server, registerCommands(server), servePages(), restartOnChanges(server), askAtEmptyStops());
  await server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** Asks for a list where a command, as that which goes to the next tab stop, puts the cursor on a value to be written. */
function askAtEmptyStops(): vscode.Disposable {
  return vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
    const { document } = textEditor;
    const [selection] = selections;
    const isStop = kind === vscode.TextEditorSelectionChangeKind.Command && selections.length === 1 && selection?.isEmpty === true;
    if (!isStop || textEditor !== vscode.window.activeTextEditor || !LANGUAGES.includes(document.languageId)) {
      return;
    }
    const { text } = document.lineAt(selection.active);
    if (isEmptyValue(text.slice(0, selection.active.character), text.slice(selection.active.character))) {
      // One that a user asked for would stay while other text is typed, and the next Tab would put its item in place of that.
      void vscode.commands.executeCommand('editor.action.triggerSuggest', { auto: true });
    }
  });
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
