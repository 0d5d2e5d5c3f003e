// The extension's entry: wires the server, the commands and the views together.
import * as vscode from 'vscode';

import { Server } from './client';
import type { RunTarget } from './protocol';
import { Runs } from './runs';
import { StatusItem } from './status';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Workflows', { log: true });
  const status = new StatusItem();
  const runs = new Runs(context.extensionUri, (command, argument) => running.execute(command, argument));
  const running = new Server(output, status, (command, args, next) => {
    // Code lenses name the server's own commands; a run and a dry run have something to ask and to show around them.
    const target = args[0] as RunTarget | undefined;
    if (command === 'wf.run' && target) return runs.run(target);
    if (command === 'wf.dryRun' && target) return runs.dryRun(target);
    return next(command, args);
  });
  server = running;
  context.subscriptions.push(
    output,
    status,
    runs,
    running,
    running.onEvent((event) => runs.onEvent(event)),
    vscode.commands.registerCommand('wf.editor.run', (uri?: vscode.Uri) => withTarget(uri, (target) => runs.run(target))),
    vscode.commands.registerCommand('wf.editor.dryRun', (uri?: vscode.Uri) => withTarget(uri, (target) => runs.dryRun(target))),
    vscode.commands.registerCommand('wf.editor.showTrace', (uri?: vscode.Uri) => withTarget(uri, (target) => runs.showTrace(target))),
    vscode.commands.registerCommand('wf.editor.cancel', () => runs.cancel()),
    vscode.commands.registerCommand('wf.restartServer', () => running.restart()),
    vscode.commands.registerCommand('wf.showOutput', () => output.show(true)),
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('wf.server.command')) void running.restart();
    }),
  );
  await running.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

async function withTarget(uri: vscode.Uri | undefined, act: (target: RunTarget) => Promise<void>): Promise<void> {
  const chosen = uri ?? vscode.window.activeTextEditor?.document.uri;
  if (chosen === undefined) {
    void vscode.window.showInformationMessage('Open a workflow file first.');
    return;
  }
  await act({ uri: chosen.toString() });
}
