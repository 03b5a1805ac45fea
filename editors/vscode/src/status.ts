// The item in the status bar, shown while a Terraform or OpenTofu file is in front.

import * as vscode from 'vscode';
import { COMMANDS } from './commands';
import type { Front } from './front';

export type ServerState = 'starting' | 'running' | 'failed';

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('azapi.status', vscode.StatusBarAlignment.Right, 10);
  private readonly listener: vscode.Disposable;

  constructor(private readonly front: Front) {
    this.listener = front.onDidChange(() => this.show());
    this.item.name = 'azapi-ls';
    this.item.command = 'azapi.showLog';
    this.show();
  }

  /**
   * @param label the server's version, or what is wrong in a word or two
   * @param lines what to read on hovering, above the commands
   * @param served the server's commands that can be run now
   */
  set(state: ServerState, label: string, lines: string[], served: readonly string[] = []): void {
    const icon = { starting: '$(sync~spin)', running: '$(azure)', failed: '$(error)' }[state];
    this.item.text = `${icon} azapi ${label}`;
    this.item.backgroundColor = state === 'failed' ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
    const links = COMMANDS.filter(({ link, needs }) => link !== undefined && (needs === undefined || served.includes(needs)));
    const tooltip = new vscode.MarkdownString();
    lines.forEach((line) => tooltip.appendText(line).appendMarkdown('\n\n'));
    tooltip.appendMarkdown(links.map(({ id, link }) => `[${link}](command:${id})`).join(' · '));
    tooltip.isTrusted = { enabledCommands: links.map(({ id }) => id) };
    this.item.tooltip = tooltip;
    this.show();
  }

  private show(): void {
    if (this.front.document !== undefined) {
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
