// A user's session in the real VS Code: a mistake is typed, seen and fixed; the workflow is dry-run and run; its trace is
// read and leads back to the source. Usage: node scenario.mjs NAME, with the places in the environment (see `place`).
import assert from 'node:assert/strict';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { goTo, openFile, openWorkbench, runCommand, until, webviewWith } from './workbench.mjs';

const place = (name) => process.env[name] ?? assert.fail(`${name} is not set`);
const workspace = place('WF_WORKSPACE');
const artifacts = place('WF_ARTIFACTS');
const images = process.env.WF_IMAGES;
const server = path.join(place('WF_CHECKOUT'), '.venv', 'bin', 'wf');
const file = 'pay-with-retry.workflow.yaml';
const output = createWriteStream(path.join(artifacts, 'workbench.log'));
const log = (text) => output.write(`${text}\n`);
const step = (text) => {
  log(`--- ${text}`);
  console.log(text);
};

const places = {
  codeServer: place('WF_CODE_SERVER'),
  playwright: place('WF_PLAYWRIGHT'),
  vsix: place('WF_VSIX'),
  profile: place('WF_PROFILE'),
  workspace,
  log,
};

async function screenshot(page, name, image) {
  const target = path.join(artifacts, `${name}.png`);
  await page.screenshot({ path: target });
  if (images !== undefined && image !== undefined) await copyFile(target, path.join(images, image));
}

/** Line and column, from 1, of the first place of `text` in the file. */
async function find(text) {
  const lines = (await readFile(path.join(workspace, 'workflows', file), 'utf8')).split('\n');
  const row = lines.findIndex((line) => line.includes(text));
  assert.notEqual(row, -1, `${file} has no ${text}`);
  return { line: row + 1, column: lines[row].indexOf(text) + 1 };
}

const editorText = (page) => page.locator('.editor-instance .view-lines').first().innerText().then((text) => text.replaceAll('\u00a0', ' '));

async function provideServer() {
  await mkdir(path.join(workspace, '.venv', 'bin'), { recursive: true });
  await symlink(server, path.join(workspace, '.venv', 'bin', 'wf'));
}

async function typeAMistake(page) {
  step('type a mistake and see it underlined');
  const { line, column } = await find('charge-payment');
  await goTo(page, line, column + 'charge-paym'.length);
  await page.keyboard.press('Delete');
  const squiggle = page.locator('.squiggly-error').first();
  await squiggle.waitFor();
  const box = await squiggle.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'charge-payment' }).first();
  await hover.waitFor();
  await screenshot(page, 'diagnostic', 'vscode-diagnostic.png');
  await page.mouse.move(0, 0);
}

async function fixIt(page) {
  step('fix it with the quick fix');
  const fix = page.locator('.action-widget .monaco-list-row.focused', { hasText: 'charge-payment' });
  await until('the quick fix is offered', async () => {
    await page.keyboard.press('Control+.');
    return fix.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  });
  await screenshot(page, 'quick-fix');
  await page.keyboard.press('Enter');
  await until('the text is fixed', async () => (await editorText(page)).includes('charge-payment'));
  await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Control+S');
}

async function dryRun(page) {
  step('dry-run it from the code lens');
  await goTo(page, 1, 1);
  await page.locator('.codelens-decoration a', { hasText: 'Dry run' }).first().click();
  const view = await webviewWith(page, '.graph .card');
  assert.equal(await view.locator('.card').count(), 4);
  assert.match(await view.locator('.templates-table').innerText(), /input\.orderId/);
  await screenshot(page, 'plan');
}

async function run(page) {
  step('run it from the code lens');
  await page.locator('.codelens-decoration a', { hasText: '▶ Run' }).first().click();
  await answerInput(page);
  // It sends POST requests, so it is asked about first.
  await page.locator('.notifications-toasts .monaco-text-button', { hasText: /^Run$/ }).first().click();
  const view = await webviewWith(page, '.badge.succeeded');
  const rows = view.locator('.gantt .row');
  assert.equal(await rows.count(), 4);
  assert.match(await rows.filter({ hasText: 'charge' }).innerText(), /↻ 2/);
  return view;
}

async function answerInput(page) {
  const input = page.locator('.quick-input-widget input[type=text]');
  await until('the input is asked for', async () => /orderId/.test(await input.inputValue()));
  await input.fill('{"orderId": "ord-1003"}');
  await page.keyboard.press('Enter');
}

async function readTrace(page, view) {
  step('read the trace and go back to the source');
  const row = view.locator('.gantt .row', { hasText: 'charge' });
  await row.click();
  await view.locator('.details', { hasText: 'amountCents' }).waitFor();
  const { line } = await find('id: charge');
  await page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor();
  await screenshot(page, 'trace', 'vscode-trace.png');

  await row.focus();
  await row.press('ArrowDown');
  await view.locator('.row[aria-selected=true]', { hasText: 'receipt' }).waitFor();
  assert.match(await view.locator('.row[aria-selected=true]').getAttribute('aria-label'), /receipt, succeeded/);
}

async function inLight(page, view) {
  step('look at it in the light theme');
  await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
  await view.locator('body.vscode-light').waitFor();
  await screenshot(page, 'trace-light');
}

const scenarios = {
  /** A workflow is opened, with a server that is there already; it stays open until the editor is ended. */
  async greeting() {
    const { page } = await openWorkbench(places);
    await openFile(page, file);
  },

  /** From a mistake to a trace. */
  async session() {
    await provideServer();
    const { page, close } = await openWorkbench({ ...places, overrides: { 'files.exclude': { '**/.venv': true } } });
    await withScreenshot(page, close, async () => {
      await openFile(page, file);
      await page.locator('.codelens-decoration a', { hasText: 'Dry run' }).first().waitFor();
      await typeAMistake(page);
      await fixIt(page);
      await dryRun(page);
      const view = await run(page);
      await readTrace(page, view);
      await inLight(page, view);
    });
  },

  /** A workflow is typed from nothing: what is typed is what stands there, and what is chosen brings what it needs. */
  async fromNothing() {
    await provideServer();
    await writeFile(path.join(workspace, 'workflows', 'new.workflow.yaml'), '');
    const { page, close } = await openWorkbench({ ...places, overrides: { 'files.exclude': { '**/.venv': true } } });
    const type = (text) => page.keyboard.type(text, { delay: 40 });
    const offered = (label) => page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first().waitFor();
    await withScreenshot(page, close, async () => {
      await openFile(page, 'new.workflow.yaml');
      await page.locator('.squiggly-error').first().waitFor(); // the server has seen it
      await page.locator('.editor-instance').first().click();
      step('type the head, every line ended with Enter');
      await type('apiVersion: workflow.io/v1\nkind: Workflow\nmetadata:\nname: my-flow\n');
      await page.keyboard.press('Backspace');
      await type('spec:\ninput:\norderId: {type: string, required: true}\n');
      await page.keyboard.press('Backspace');
      step('type a step and choose its task');
      await type('tasks:\n- id: first\ntaskRef: get-or');
      await offered('get-order');
      await page.keyboard.press('Enter');
      await until('the required input is there', async () => (await editorText(page)).includes('id: ""'));
      await type('{{input.');
      await offered('orderId');
      await page.keyboard.press('Enter');
      await screenshot(page, 'from-nothing');
      const wanted = [
        'apiVersion: workflow.io/v1', 'kind: Workflow', 'metadata:', '  name: my-flow', 'spec:', '  input:',
        '    orderId: {type: string, required: true}', '  tasks:', '    - id: first', '      taskRef: get-order',
        '      input:', '        id: "{{input.orderId}}"',
      ];
      await runCommand(page, 'File: Save');
      const saved = () => readFile(path.join(workspace, 'workflows', 'new.workflow.yaml'), 'utf8');
      await until('it is saved', async () => (await saved()).includes('orderId}}'));
      assert.equal((await saved()).trimEnd(), wanted.join('\n'));
    });
  },

  /** Without a server the user is told what to do; when there is one, a click starts it. */
  async missingServer() {
    const environment = { PATH: [path.dirname(process.execPath), '/usr/bin', '/bin'].join(':') };
    const { page, close } = await openWorkbench({ ...places, environment });
    await withScreenshot(page, close, async () => {
      await openFile(page, file);
      const message = page.locator('.notification-toast', { hasText: 'need the program "wf"' });
      await message.waitFor();
      await screenshot(page, 'missing-server');
      step('the user is told that there is no server');
      await provideServer();
      await message.getByRole('button', { name: 'Try Again' }).click();
      await page.locator('.codelens-decoration a', { hasText: 'Dry run' }).first().waitFor();
      step('and starts it once there is one');
    });
  },
};

async function withScreenshot(page, close, act) {
  try {
    await act();
  } catch (error) {
    await screenshot(page, 'failure').catch(() => undefined);
    throw error;
  } finally {
    await close();
  }
}

const scenario = scenarios[process.argv[2]] ?? assert.fail(`the scenarios are ${Object.keys(scenarios)}`);
await scenario();
