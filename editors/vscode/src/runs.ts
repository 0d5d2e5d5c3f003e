// Running and dry-running a workflow from the editor: asks for what the server says is missing, shows what it answers.
import * as vscode from 'vscode';

import { LiveRun } from './live';
import { ViewPanel, type ViewActions } from './panel';
import { isRefusal, needsInput, type DryRun, type EventNotification, type Execution, type RunTarget, type Trace } from './protocol';
import type { RunView } from './shared/messages';
import { jumpToStep } from './source';

type Execute = (command: string, argument: unknown) => Promise<unknown>;

const patienceMs = 2000;

export class Runs implements vscode.Disposable {
  private readonly tracePanel: ViewPanel;
  private readonly planPanel: ViewPanel;
  private current: { target: RunTarget; live: LiveRun | undefined } | undefined;

  constructor(
    extensionUri: vscode.Uri,
    private readonly execute: Execute,
  ) {
    this.tracePanel = new ViewPanel(extensionUri, 'wf.traceView');
    this.planPanel = new ViewPanel(extensionUri, 'wf.planView');
  }

  dispose(): void {
    this.tracePanel.dispose();
    this.planPanel.dispose();
  }

  async run(target: RunTarget): Promise<void> {
    const running = { target, live: undefined as LiveRun | undefined };
    this.current = running;
    const answer = await this.ask('wf.run', { ...target, mode: 'live' }, (request) => this.withProgress(request));
    if (answer !== undefined) await this.showExecution(target, answer as Execution, running.live);
    if (this.current === running) this.current = undefined;
  }

  async dryRun(target: RunTarget): Promise<void> {
    const answer = (await this.ask('wf.dryRun', { ...target })) as DryRun | undefined;
    if (answer === undefined) return;
    this.planPanel.show(`Dry run: ${answer.workflow}`, { kind: 'plan', dryRun: answer }, this.actions(target, answer.workflow));
  }

  /** Shows the last run of the document. */
  async showTrace(target: RunTarget): Promise<void> {
    const answer = await this.execute('wf.trace', { uri: target.uri });
    if (answer === undefined) return;
    if (answer === null) {
      void vscode.window.showInformationMessage('No workflow of this file has been run yet.');
    } else if (isRefusal(answer)) {
      void vscode.window.showInformationMessage(refusalText(answer.error));
    } else {
      this.showRun(target, { kind: 'run', trace: answer as Trace, execution: null, watched: { attempts: {}, inputs: {} }, running: false });
    }
  }

  /** Takes in one event of a run of this client and keeps the trace view up with it. */
  onEvent({ executionId, uri, event }: EventNotification): void {
    const running = this.current;
    if (running?.target.uri !== uri) return;
    if (running.live === undefined) running.live = new LiveRun(executionId, running.target.workflow ?? '');
    if (running.live.executionId !== executionId) return;
    if (!running.live.apply(event)) return;
    if (event.type === 'executionStarted') this.showRun(running.target, running.live.view());
    else this.tracePanel.update(running.live.view());
  }

  /** Calls the command, and once more with the user's input if the server wants one; undefined when nothing is to be shown. */
  private async ask(command: string, target: RunTarget, call?: (request: () => Promise<unknown>) => Promise<unknown>): Promise<unknown> {
    const request = (argument: RunTarget): Promise<unknown> => {
      const send = (): Promise<unknown> => this.execute(command, argument);
      return call === undefined ? send() : call(send);
    };
    let answer = await request(target);
    if (needsInput(answer)) {
      const input = await askInput(answer.workflow, answer.example);
      if (input === undefined) return undefined;
      answer = await request({ ...target, input });
    }
    if (isRefusal(answer)) {
      void vscode.window.showErrorMessage(refusalText(answer.error));
      return undefined;
    }
    return answer ?? undefined;
  }

  private async showExecution(target: RunTarget, execution: Execution, live: LiveRun | undefined): Promise<void> {
    const trace = (await this.execute('wf.trace', { executionId: execution.executionId, uri: target.uri })) as Trace | null | undefined;
    if (!trace || isRefusal(trace)) return;
    this.showRun(target, { kind: 'run', trace, execution, watched: live?.watched ?? { attempts: {}, inputs: {} }, running: false });
  }

  private showRun(target: RunTarget, view: RunView): void {
    const workflow = view.trace.workflowName;
    this.tracePanel.show(`Trace: ${workflow}`, view, this.actions(target, workflow));
  }

  private actions(target: RunTarget, workflow: string): ViewActions {
    const again = { uri: target.uri, workflow };
    return {
      jump: (path) => void jumpToStep(vscode.Uri.parse(target.uri), workflow, path),
      run: () => void this.run(again),
      dryRun: () => void this.dryRun(again),
      cancel: () => void this.cancel(),
    };
  }

  /** Cancels the run that was started last, if it still runs. */
  async cancel(): Promise<void> {
    const live = this.current?.live;
    if (live !== undefined) await this.execute('wf.cancel', { executionId: live.executionId, uri: this.current?.target.uri });
  }

  /** A run that takes long and is not to be seen in the trace view gets a notification, with a button that cancels it. */
  private async withProgress(request: () => Promise<unknown>): Promise<unknown> {
    const answer = request();
    const timer = setTimeout(() => {
      if (!this.tracePanel.visible) void this.showProgress(answer);
    }, patienceMs);
    try {
      return await answer;
    } finally {
      clearTimeout(timer);
    }
  }

  private async showProgress(answer: Promise<unknown>): Promise<void> {
    const options = { location: vscode.ProgressLocation.Notification, cancellable: true, title: 'Running the workflow' };
    await vscode.window.withProgress(options, async (_progress, token) => {
      token.onCancellationRequested(() => void this.cancel());
      await answer.catch(() => undefined);
    });
  }
}

function refusalText(error: { message: string; hint?: string | null }): string {
  return error.hint ? `${error.message} ${error.hint}` : error.message;
}

async function askInput(workflow: string, example: unknown): Promise<unknown> {
  const text = await vscode.window.showInputBox({
    title: `Input of ${workflow}`,
    prompt: 'The input as JSON',
    value: JSON.stringify(example ?? {}),
    ignoreFocusOut: true,
    validateInput: (value) => jsonProblem(value),
  });
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

function jsonProblem(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return `This is no JSON yet: ${(error as Error).message}`;
  }
}
