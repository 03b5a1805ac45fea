// The Terraform or OpenTofu file in front.

import * as vscode from 'vscode';
import { LANGUAGES } from './languages';

export class Front implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  /** `undefined` while something else is in front. */
  document: vscode.TextDocument | undefined;
  private readonly listeners = [
    vscode.window.onDidChangeActiveTextEditor((editor) => this.look(editor)),
    // The same document with another language is opened anew.
    vscode.workspace.onDidOpenTextDocument(() => this.look(vscode.window.activeTextEditor)),
  ];

  constructor() {
    this.look(vscode.window.activeTextEditor);
  }

  private look(editor: vscode.TextEditor | undefined): void {
    // The log counts as an editor, but lies below the file and not over it.
    if (editor?.document.uri.scheme === 'output') {
      return;
    }
    const document = editor !== undefined && LANGUAGES.includes(editor.document.languageId) ? editor.document : undefined;
    if (document !== this.document) {
      this.document = document;
      this.changed.fire();
    }
  }

  dispose(): void {
    vscode.Disposable.from(...this.listeners, this.changed).dispose();
  }
}
