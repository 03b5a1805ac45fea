// The connection to one run of the server.

import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, type LanguageClientOptions } from 'vscode-languageclient/node';
import { IMPORT } from './commands';
import { LANGUAGES } from './languages';
import { profile } from './profile';
import type { Program } from './program';

export interface ClientEvents {
  /** The server's process is gone, though nobody stopped it. */
  ended(): void;
  /** The server heard of something that the type data in use depends on. */
  typeDataMayDiffer(): void;
}

const CONFIG_FILE = '.azapi-ls.toml';

/** What goes wrong is written to the log; what the user has to know of it, `Server` says. */
export class Client extends LanguageClient {
  constructor(
    readonly program: Program,
    log: vscode.LogOutputChannel,
    events: ClientEvents,
  ) {
    super('azapi', 'azapi-ls', { command: program.path, args: ['serve'] }, options(log, events));
  }

  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  /** Ends the server's process at once. */
  end(): void {
    this.serverProcess?.kill('SIGKILL');
  }

  get servedCommands(): readonly string[] {
    return this.initializeResult?.capabilities.executeCommandProvider?.commands ?? [];
  }
}

function options(log: vscode.LogOutputChannel, events: ClientEvents): LanguageClientOptions {
  return {
    documentSelector: LANGUAGES.flatMap((language) => [
      { scheme: 'file', language },
      { scheme: 'untitled', language },
    ]),
    initializationOptions: { azapi: settings(), commands: [IMPORT] },
    synchronize: { configurationSection: 'azapi' },
    outputChannel: log,
    // Without it, the client shows the bare error.
    initializationFailedHandler: () => false,
    errorHandler: {
      // A message that cannot be written or read: the connection's end follows where it matters.
      error: (_error, _message, count) => ({ action: (count ?? 0) < 10 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true }),
      closed: () => {
        events.ended();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    middleware: {
      didOpen: async (document, next) => {
        await next(document);
        events.typeDataMayDiffer();
      },
      workspace: {
        didChangeConfiguration: async (sections, next) => {
          await next(sections);
          events.typeDataMayDiffer();
        },
        didChangeWatchedFile: async (event, next) => {
          await next(event);
          if (event.uri.endsWith(`/${CONFIG_FILE}`)) {
            events.typeDataMayDiffer();
          }
        },
      },
    },
  };
}

/** What the server reads; changes reach it by `didChangeConfiguration`, that of the profile by a new start. */
function settings(): object {
  const { severities, completion, data } = vscode.workspace.getConfiguration('azapi');
  // A grant of trust starts the server anew.
  return { profile: profile(), severities, completion, data, trusted: vscode.workspace.isTrusted };
}
