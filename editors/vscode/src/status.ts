// The item in the status bar, shown while a Terraform or OpenTofu file is in front.

import * as vscode from 'vscode';
import { LANGUAGES } from './languages';

export type ServerState = 'starting' | 'running' | 'failed';

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('azapi.status', vscode.StatusBarAlignment.Right, 10);
  private readonly listener = vscode.window.onDidChangeActiveTextEditor(() => this.show());

  constructor() {
    this.item.name = 'azapi-ls';
    this.show();
  }

  /**
   * @param label the server's version, or what is wrong in a word or two
   * @param lines what to read on hovering, above the links
   * @param links titles and commands
   */
  set(state: ServerState, label: string, lines: string[], links: [string, string][]): void {
    const icon = { starting: '$(sync~spin)', running: '$(azure)', failed: '$(error)' }[state];
    this.item.text = `${icon} azapi ${label}`;
    this.item.backgroundColor = state === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const tooltip = new vscode.MarkdownString();
    lines.forEach((line) => tooltip.appendText(line).appendMarkdown('\n\n'));
    tooltip.appendMarkdown(links.map(([title, command]) => `[${title}](command:${command})`).join(' · '));
    tooltip.isTrusted = { enabledCommands: links.map(([, command]) => command) };
    this.item.tooltip = tooltip;
    this.item.command = 'azapi.showLog';
    this.show();
  }

  private show(): void {
    const language = vscode.window.activeTextEditor?.document.languageId ?? '';
    if (LANGUAGES.includes(language)) {
      this.item.show();
    } else {
      this.item.hide();
    }
  }

  dispose(): void {
    this.listener.dispose();
    this.item.dispose();
  }
}
