// The connection to the language server: started, restarted and stopped here and nowhere else.
import * as vscode from 'vscode';
import { ExecuteCommandRequest, LanguageClient, State, type LanguageClientOptions, type Middleware } from 'vscode-languageclient/node';

import type { EventNotification } from './protocol';
import { findServer, type ServerCommand } from './server';
import type { StatusItem } from './status';

const selector = ['workflow', 'yaml'].flatMap((language) => ['file', 'untitled'].map((scheme) => ({ language, scheme })));

export class Server implements vscode.Disposable {
  private client: LanguageClient | undefined;
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
    const command = await findServer(serverSearch());
    if (command === null) {
      this.status.update({ kind: 'missing' });
      void this.tellMissing();
      return;
    }
    await this.start(command);
  }

  /** Runs a command of the server; undefined when no server runs (the user has been told). */
  async execute(command: string, argument: unknown): Promise<unknown> {
    if (this.client?.state !== State.Running) {
      void this.tellStopped();
      return undefined;
    }
    return this.client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [argument] });
  }

  async stop(): Promise<void> {
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
    const client = new LanguageClient('wf', 'Workflows', { command: command.command, args }, this.options());
    this.client = client;
    client.onDidChangeState(({ newState }) => this.showState(newState, line));
    client.onNotification('wf/event', (event: EventNotification) => this.eventEmitter.fire(event));
    try {
      await client.start();
    } catch (error) {
      this.status.update({ kind: 'failed', detail: line });
      void this.tellFailed(line, error);
    }
  }

  private options(): LanguageClientOptions {
    return {
      documentSelector: selector,
      outputChannel: this.output,
      initializationOptions: { trusted: vscode.workspace.isTrusted },
      // A failed start is told once, by us, with what to do.
      initializationFailedHandler: () => false,
      middleware: { executeCommand: this.executeCommand },
    };
  }

  private showState(state: State, line: string): void {
    if (state === State.Running) this.status.update({ kind: 'running', detail: line });
    else if (state === State.Starting) this.status.update({ kind: 'starting' });
    else this.status.update({ kind: 'stopped' });
  }

  private async tellMissing(): Promise<void> {
    const where = vscode.workspace.isTrusted
      ? "It is neither in a workspace folder's .venv nor on the PATH."
      : 'It is not on the PATH, and a .venv is only used in a workspace that you trust.';
    const choice = await vscode.window.showWarningMessage(
      `Workflow files need the program "wf". ${where} Install it with "pip install wf" in the project's .venv, or say where it is.`,
      'Open Settings',
      'Try Again',
    );
    if (choice === 'Open Settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'wf.server.command');
    if (choice === 'Try Again') await this.restart();
  }

  private async tellFailed(line: string, error: unknown): Promise<void> {
    this.output.error(String(error));
    const choice = await vscode.window.showErrorMessage(
      `The workflow server did not start ("${line}"). Its log says why.`,
      'Show Log',
      'Open Settings',
    );
    if (choice === 'Show Log') this.output.show(true);
    if (choice === 'Open Settings') await vscode.commands.executeCommand('workbench.action.openSettings', 'wf.server.command');
  }

  private async tellStopped(): Promise<void> {
    const choice = await vscode.window.showWarningMessage('The workflow server is not running.', 'Start It', 'Show Log');
    if (choice === 'Start It') await this.restart();
    if (choice === 'Show Log') this.output.show(true);
  }
}

function serverSearch() {
  return {
    setting: vscode.workspace.getConfiguration('wf').get<string | string[]>('server.command', ''),
    folders: (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.fsPath),
    trusted: vscode.workspace.isTrusted,
    searchPath: process.env['PATH'] ?? '',
  };
}
