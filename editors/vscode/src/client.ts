// The connection to the language server: started, restarted and stopped here and nowhere else.
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  ExecuteCommandRequest,
  LanguageClient,
  State,
  type ErrorHandler,
  type LanguageClientOptions,
  type Middleware,
} from 'vscode-languageclient/node';

import type { EventNotification } from './protocol';
import { findServer, type ServerCommand, type ServerSearch } from './server';
import type { StatusItem } from './status';

const selector = ['workflow', 'yaml'].flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme })));
const crashWindowMs = 180_000;
const crashLimit = 5;

/** Writes its own troubles to the log only: the user is told once, by us, with what to do. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
  private crashes: number[] = [];
  private restartTimer: NodeJS.Timeout | undefined;
  private readonly eventEmitter = new vscode.EventEmitter<EventNotification>();
  /** The events of runs, while they run. */
  readonly onEvent = this.eventEmitter.event;

  constructor(
    private readonly output: vscode.LogOutputChannel,
    private readonly status: StatusItem,
    private readonly executeCommand: NonNullable<Middleware['executeCommand']>,
  ) {}

  /** Starts the server, instead of the one that runs if there is one; a failure is told to the user, never thrown. */
  async restart(): Promise<void> {
    await this.stop();
    const search = serverSearch();
    const command = await findServer(search);
    if (command === null) {
      this.status.update({ kind: 'missing' });
      void this.tellMissing(search);
      return;
    }
    await this.start(command);
  }

  /** Runs a command of the server; undefined when no server runs (the user has been told). */
  async execute(command: string, argument: unknown): Promise<unknown> {
    if (this.client?.state !== State.Running) {
      void this.tellStopped('The workflow server is not running.');
      return undefined;
    }
    return this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] });
  }

  async stop(): Promise<void> {
    clearTimeout(this.restartTimer);
    const client = this.client;
    this.client = undefined;
    try {
      await client?.dispose();
    } catch (error) {
      this.output.warn(`The server did not stop as it should: ${String(error)}`);
    }
  }

  dispose(): void {
    void this.stop();
    this.eventEmitter.dispose();
  }

  private async start(command: ServerCommand): Promise<void> {
    const args = [...command.args, 'lsp', '--stdio'];
    const line = [command.command, ...args].join(' ');
    this.output.info(`Starting ${line}`);
    const client = new QuietClient('wf', 'Workflows', { command: command.command, args }, this.options());
    this.client = client;
    client.onNotification('wf/event', (event: EventNotification) => this.eventEmitter.fire(event));
    this.status.update({ kind: 'starting' });
    try {
      await client.start();
      this.status.update({ kind: 'running', detail: line });
    } catch (error) {
      this.output.error(String(error));
      this.status.update({ kind: 'failed', detail: line });
      void this.tellFailed(line);
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: selector,
      outputChannel: this.output,
      initializationOptions: { trusted: vscode.workspace.isTrusted },
      initializationFailedHandler: () => false,
      errorHandler: this.errorHandler(),
      middleware: { executeCommand: this.executeCommand },
    };
  }

  private errorHandler(): ErrorHandler {
    return {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        if (this.client?.state === State.Running) this.restartAfterCrash();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    };
  }

  /** Each crash within a few minutes makes the next start wait twice as long; after some there is none. */
  private restartAfterCrash(): void {
    const now = Date.now();
    this.crashes = [...this.crashes.filter((at) => now - at < crashWindowMs), now];
    this.status.update({ kind: 'stopped' });
    if (this.crashes.length > crashLimit) {
      this.crashes = [];
      void this.tellStopped('The workflow server keeps crashing and was not started again.');
      return;
    }
    const delayMs = 500 * 2 ** (this.crashes.length - 1);
    this.output.warn(`The server ended unexpectedly; it is started again in ${delayMs} ms`);
    this.restartTimer = setTimeout(() => void this.restart(), delayMs);
  }

  private async tellMissing(search: ServerSearch): Promise<void> {
    const where = whereItWasSought(search);
    const choice = await vscode.window.showWarningMessage(
      `Workflow files need the program "wf". ${where} Install it with "pip install wf" in the project's .venv, or say where it is.`,
      'Open Settings',
      'Try Again',
    );
    if (choice === 'Open Settings') await openSettings();
    if (choice === 'Try Again') await this.restart();
  }

  private async tellFailed(line: string): Promise<void> {
    const choice = await vscode.window.showErrorMessage(
      `The workflow server did not start ("${line}"). Its log says why.`,
      'Show Log',
      'Open Settings',
    );
    if (choice === 'Show Log') this.output.show(true);
    if (choice === 'Open Settings') await openSettings();
  }

  private async tellStopped(message: string): Promise<void> {
    const choice = await vscode.window.showWarningMessage(message, 'Start It', 'Show Log');
    if (choice === 'Start It') await this.restart();
    if (choice === 'Show Log') this.output.show(true);
  }
}

async function openSettings(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.openSettings', 'wf.server.command');
}

function whereItWasSought(search: ServerSearch): string {
  if (search.setting.length > 0) return `The setting wf.server.command names "${[search.setting].flat()[0]}", which cannot be started.`;
  if (search.trusted) return "It is neither in a workspace folder's .venv nor on the PATH.";
  return 'It is not on the PATH, and a .venv is only used in a workspace that you trust.';
}

function serverSearch(): ServerSearch {
  return {
    setting: vscode.workspace.getConfiguration('wf').get<string | string[]>('server.command', ''),
    folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    searchPath: process.env['PATH'] ?? '',
  };
}
