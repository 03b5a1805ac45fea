// The running server: started, watched, restarted, and what it can do made known to the commands.

import * as vscode from 'vscode';
import { LanguageClient, State, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { LANGUAGES } from './languages';
import { findProgram, isOlder, type Program } from './program';
import { Restarts } from './restarts';
import { Status } from './status';

export const IMPORT_COMMAND = 'azapi.importCommand';

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private readonly status = new Status();
  /** Starts and stops run one after the other. */
  private queue: Promise<void> = Promise.resolve();
  program: Program | undefined;

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** Starts the server, or stops it and starts it anew. Never fails: what is wrong is shown. */
  restart(): Promise<void> {
    return this.next(async () => {
      await this.stopClient();
      await this.startClient();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.stopClient());
  }

  /** The command that imports the resource at the position; `undefined` where there is none. */
  async importCommand(document: vscode.TextDocument, position: vscode.Position): Promise<string | undefined> {
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    const converter = this.client.code2ProtocolConverter;
    const place = [converter.asUri(document.uri), converter.asPosition(position)];
    const command: unknown = await this.client.sendRequest('workspace/executeCommand', { command: IMPORT_COMMAND, arguments: place });
    return typeof command === 'string' ? command : undefined;
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => this.failed(String(error)));
    return this.queue;
  }

  private async startClient(): Promise<void> {
    this.status.set('starting', '', ['azapi-ls is starting.'], [['Log', 'azapi.showLog']]);
    const configured = vscode.workspace.getConfiguration('azapi').get('server.path', '');
    try {
      this.program = await findProgram(configured, this.context.extensionPath);
      this.log.info(`server: ${this.program.path}, version ${this.program.version}`);
      this.client = this.newClient(this.program);
      await this.client.start();
      this.running(this.program);
    } catch (error) {
      this.failed(error instanceof Error ? error.message : String(error));
    }
  }

  private newClient(program: Program): LanguageClient {
    const server: ServerOptions = { command: program.path, args: ['serve'] };
    const options: LanguageClientOptions = {
      documentSelector: LANGUAGES.flatMap((language) => [
        { scheme: 'file', language },
        { scheme: 'untitled', language },
      ]),
      initializationOptions: { azapi: settings() },
      synchronize: { configurationSection: 'azapi' },
      outputChannel: this.log,
      errorHandler: new Restarts(
        (wait) => this.status.set('starting', '', [`azapi-ls ended and starts again in ${wait / 1000} s.`], [['Log', 'azapi.showLog']]),
        (message) => this.failed(message),
      ),
    };
    const client = new LanguageClient('azapi', 'azapi-ls', server, options);
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running && this.client === client) {
        this.running(program);
      }
    });
    return client;
  }

  private async stopClient(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    this.setAbilities(false, false);
    if (client !== undefined && client.state !== State.Stopped) {
      await client.stop(3_000).catch((error: unknown) => this.log.warn(`the server did not stop by itself: ${String(error)}`));
    }
    await client?.dispose().catch(() => undefined);
  }

  private running(program: Program): void {
    const commands = this.client?.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
    this.setAbilities(commands.includes(IMPORT_COMMAND), program.data.length > 0);
    const links: [string, string][] = [['Restart', 'azapi.restart'], ['Log', 'azapi.showLog']];
    if (program.data.length > 0) {
      links.push(['Type data', 'azapi.showData']);
    }
    this.status.set('running', program.version, [`azapi-ls ${program.version}`, program.path, ...program.data], links);
    this.warnIfOld(program);
  }

  private warnIfOld(program: Program): void {
    const wanted = String(this.context.extension.packageJSON.version);
    if (isOlder(program.version, wanted)) {
      const message = `azapi-ls ${program.version} (${program.path}) is older than this extension, ${wanted}. Some features may be missing; update the program.`;
      this.log.warn(message);
      void this.offer(vscode.window.showWarningMessage(message, SETTINGS, LOG));
    }
  }

  private failed(message: string): void {
    this.setAbilities(false, false);
    this.log.error(message);
    this.status.set('failed', 'not running', [message], [['Restart', 'azapi.restart'], ['Log', 'azapi.showLog']]);
    void this.offer(vscode.window.showErrorMessage(message, SETTINGS, RESTART, LOG));
  }

  private async offer(chosen: Thenable<string | undefined>): Promise<void> {
    switch (await chosen) {
      case SETTINGS:
        await vscode.commands.executeCommand('workbench.action.openSettings', 'azapi.server.path');
        break;
      case RESTART:
        await vscode.commands.executeCommand('azapi.restart');
        break;
      case LOG:
        this.log.show();
        break;
    }
  }

  /** Commands are listed only while the server can do them. */
  private setAbilities(canImport: boolean, canShowData: boolean): void {
    void vscode.commands.executeCommand('setContext', 'azapi.canImport', canImport);
    void vscode.commands.executeCommand('setContext', 'azapi.canShowData', canShowData);
  }

  dispose(): void {
    this.status.dispose();
  }
}

/** What the server reads; changes reach it by `didChangeConfiguration`. */
function settings(): object {
  const { profile, severities, data } = vscode.workspace.getConfiguration('azapi');
  return { profile, severities, data };
}

const SETTINGS = 'Set the Path';
const RESTART = 'Start Again';
const LOG = 'Show Log';
