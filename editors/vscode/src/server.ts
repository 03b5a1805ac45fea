// The running server: started, watched, restarted, and what it can do made known to the commands.

import * as vscode from 'vscode';
import { State, type WorkspaceEdit } from 'vscode-languageclient/node';
import { Client } from './client';
import { listCommands } from './commands';
import { Front } from './front';
import { findProgram, isOlder, type Program } from './program';
import { Restarts } from './restarts';
import { Status } from './status';
import { describeTypeData, type TypeData } from './type-data';

export class Server implements vscode.Disposable {
  private client: Client | undefined;
  private readonly front = new Front();
  private readonly status = new Status(this.front);
  private readonly restarts = new Restarts();
  private readonly listener = this.front.onDidChange(() => void this.showTypeData());
  /** The start that is to come after the server ended by itself. */
  private nextStart: NodeJS.Timeout | undefined;
  /** The old program that the user knows of. */
  private warnedOf: Program | undefined;
  /** How often it was asked, so that an answer that is overtaken is dropped. */
  private typeDataAsked = 0;
  /** Settles, never failing, when the client has started or given up. */
  private starting: Promise<void> = Promise.resolve();
  /** Starts and stops run one after the other. */
  private queue: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    readonly log: vscode.LogOutputChannel,
  ) {}

  /** The user or a setting wants the server started, or started anew. Never fails: what is wrong is shown. */
  restart(): Promise<void> {
    this.restarts.forget();
    return this.startAnew();
  }

  stop(): Promise<void> {
    return this.next(() => this.stopClient());
  }

  /** The type data that the file in front is answered from; `undefined` from a server that does not tell. */
  async typeData(): Promise<TypeData | undefined> {
    const command = 'azapi.typeData';
    if (!this.client?.servedCommands.includes(command)) {
      return undefined;
    }
    const { document } = this.front;
    return (await this.execute(command, document === undefined ? [] : [document.uri.toString()])) as TypeData | undefined;
  }

  /** Has the running server execute one of its commands; `undefined` where it does not or has nothing to tell. */
  async execute(command: string, args: unknown[]): Promise<unknown> {
    if (this.client?.state !== State.Running) {
      return undefined;
    }
    try {
      const answer: unknown = await this.client.sendRequest('workspace/executeCommand', { command, arguments: args });
      return answer ?? undefined;
    } catch (error) {
      this.log.warn(`${command}: ${String(error)}`);
      return undefined;
    }
  }

  /** Applies an edit as the protocol has it; whether it could be. */
  async apply(edit: unknown): Promise<boolean> {
    const converted = await this.client?.protocol2CodeConverter.asWorkspaceEdit(edit as WorkspaceEdit);
    return converted !== undefined && vscode.workspace.applyEdit(converted);
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.queue = this.queue.then(step).catch((error: unknown) => this.failed(messageOf(error)));
    return this.queue;
  }

  private startAnew(): Promise<void> {
    return this.next(async () => {
      await this.stopClient();
      await this.startClient();
    });
  }

  private async startClient(): Promise<void> {
    this.status.set('starting', '', ['azapi-ls is starting.']);
    const configured = vscode.workspace.getConfiguration('azapi').get('server.path', '');
    const program = await findProgram(configured, this.context.extensionPath);
    this.log.info(`server: ${program.path}, version ${program.version}`);
    this.warnIfOld(program);
    const client: Client = new Client(program, this.log, {
      ended: () => this.ended(client),
      typeDataMayDiffer: () => void this.showTypeData(),
    });
    this.client = client;
    // Not awaited: a server that never answers must not keep the next start from coming.
    this.starting = client.start().then(
      () => this.started(client),
      // A server that does not get as far as an answer is as good as ended.
      () => {
        this.ended(client);
        client.end();
      },
    );
  }

  private async stopClient(): Promise<void> {
    clearTimeout(this.nextStart);
    const client = this.leave();
    // One that is stopped while it starts would register what it serves all the same, and be in the next one's way.
    await Promise.race([this.starting, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
    if (client?.state === State.Starting) {
      client.end();
      await this.starting;
    }
    await client?.dispose(PATIENCE).catch((error: unknown) => this.log.warn(`The server did not stop by itself: ${messageOf(error)}`));
  }

  /** From here on nothing is asked of the client, and nothing is heard of it. */
  private leave(): Client | undefined {
    const client = this.client;
    this.client = undefined;
    listCommands([]);
    return client;
  }

  private started(client: Client): void {
    if (this.client === client) {
      listCommands(client.servedCommands);
      this.showRunning(client);
      void this.showTypeData();
    }
  }

  private ended(client: Client): void {
    if (this.client !== client) {
      return;
    }
    this.leave();
    const wait = this.restarts.next(Date.now());
    if (wait === undefined) {
      this.failed(`azapi-ls ended ${this.restarts.count} times within 3 minutes and is not started again.`);
      return;
    }
    this.log.warn(`The server ended; it starts again in ${wait / 1_000} s.`);
    this.status.set('starting', '', [`azapi-ls ended and starts again in ${wait / 1_000} s.`]);
    this.nextStart = setTimeout(() => void this.startAnew(), wait);
  }

  private showRunning(client: Client, data?: TypeData): void {
    const { version, path } = client.program;
    const lines = [`azapi-ls ${version}`, path, ...(data === undefined ? [] : describeTypeData(data))];
    this.status.set('running', version, lines, client.servedCommands);
  }

  private async showTypeData(): Promise<void> {
    const client = this.client;
    const asked = ++this.typeDataAsked;
    const data = await this.typeData();
    if (data !== undefined && client !== undefined && client === this.client && asked === this.typeDataAsked) {
      this.showRunning(client, data);
    }
  }

  private warnIfOld(program: Program): void {
    const wanted = String(this.context.extension.packageJSON.version);
    const isNews = this.warnedOf?.path !== program.path || this.warnedOf.version !== program.version;
    if (isOlder(program.version, wanted) && isNews) {
      this.warnedOf = program;
      const message = `azapi-ls ${program.version} (${program.path}) is older than this extension, ${wanted}. Some features may be missing; update the program.`;
      this.log.warn(message);
      void this.offer(vscode.window.showWarningMessage(message, SETTINGS, LOG));
    }
  }

  private failed(message: string): void {
    this.log.error(message);
    this.status.set('failed', 'not running', [message]);
    void this.offer(vscode.window.showErrorMessage(message, SETTINGS, RESTART, LOG));
  }

  private async offer(chosen: Thenable<string | undefined>): Promise<void> {
    switch (await chosen) {
      case SETTINGS:
        await vscode.commands.executeCommand('workbench.action.openSettings', 'azapi.server.path');
        break;
      case RESTART:
        await this.restart();
        break;
      case LOG:
        this.log.show();
        break;
    }
  }

  dispose(): void {
    clearTimeout(this.nextStart);
    this.listener.dispose();
    this.status.dispose();
    this.front.dispose();
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Milliseconds for which a server is waited for that shall stop. */
const PATIENCE = 3_000;

const SETTINGS = 'Set the Path';
const RESTART = 'Start Again';
const LOG = 'Show Log';
