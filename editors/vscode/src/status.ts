// The status bar item: what the server is doing, in one word and a tooltip.
import * as vscode from 'vscode';

export type ServerState =
  | { kind: 'starting' }
  | { kind: 'running'; detail: string }
  | { kind: 'stopped' }
  | { kind: 'missing' }
  | { kind: 'failed'; detail: string };

const appearance: Record<ServerState['kind'], { icon: string; tooltip: string; warn: boolean }> = {
  starting: { icon: '$(loading~spin)', tooltip: 'The workflow server is starting', warn: false },
  running: { icon: '$(check)', tooltip: 'The workflow server is running', warn: false },
  stopped: { icon: '$(debug-stop)', tooltip: 'The workflow server is stopped', warn: true },
  missing: { icon: '$(warning)', tooltip: 'The program wf was not found', warn: true },
  failed: { icon: '$(error)', tooltip: 'The workflow server failed', warn: true },
};

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem('wf.status', vscode.StatusBarAlignment.Right, 90);

  constructor() {
    this.item.name = 'Workflow server';
    this.item.show();
  }

  update(state: ServerState): void {
    const { icon, tooltip, warn } = appearance[state.kind];
    this.item.text = `${icon} Workflows`;
    this.item.tooltip = new vscode.MarkdownString(this.tooltip(tooltip, state), true);
    this.item.accessibilityInformation = { label: `Workflows: ${tooltip}` };
    this.item.command = warn ? 'wf.restartServer' : 'wf.showOutput';
    this.item.backgroundColor = warn ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  }

  dispose(): void {
    this.item.dispose();
  }

  private tooltip(text: string, state: ServerState): string {
    const detail = 'detail' in state ? `\n\n\`${state.detail}\`` : '';
    const next = appearance[state.kind].warn ? 'Click to start it again.' : 'Click to see its log.';
    return `${text}.${detail}\n\n${next}`;
  }
}
