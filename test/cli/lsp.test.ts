import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-languageserver/node.js';
import { runLanguageServer } from '../../src/cli/lsp/server.ts';
import { folderWith } from '../local/git-sandbox.ts';

const leak = `package pages

import "context"

func Fetch(ctx context.Context, load func() int) int {
	result := make(chan int)
	go func() { result <- load() }()
	select {
	case page := <-result:
		return page
	case <-ctx.Done():
		return 0
	}
}
`;

interface Published {
  readonly uri: string;
  readonly diagnostics: readonly {
    readonly code: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
}
interface Action {
  readonly title: string;
  readonly edit: { readonly changes: Readonly<Record<string, readonly { readonly newText: string }[]>> };
}

it('reports on open and save, offers verified fixes, shows the witness, and survives nonsense', async () => {
  const folder = folderWith({ 'go.mod': 'module m\n\ngo 1.24\n', 'leak.go': leak });
  const path = join(folder, 'leak.go');
  const uri = pathToFileURL(path).href;
  const [toServer, fromServer] = [new PassThrough(), new PassThrough()];
  const terminal = {
    cwd: folder,
    env: {},
    colours: false,
    progress: false,
    columns: 80,
    out() {},
    err() {},
    now: () => 0,
  };
  const ended = runLanguageServer(terminal, toServer, fromServer);
  const client = createMessageConnection(new StreamMessageReader(fromServer), new StreamMessageWriter(toServer));
  const published: Published[] = [];
  client.onNotification('textDocument/publishDiagnostics', (params) => void published.push(params as Published));
  client.onNotification('window/logMessage', () => {});
  client.listen();
  const { capabilities } = await client.sendRequest<{ capabilities: object }>('initialize', {
    processId: null,
    rootUri: pathToFileURL(folder).href,
    capabilities: {},
  });
  expect(capabilities).toMatchObject({ codeActionProvider: true, hoverProvider: true });
  await client.sendNotification('initialized', {});

  await expect(client.sendRequest('no/such/method', { x: 1 })).rejects.toThrow('Unhandled method');
  await client.sendNotification('textDocument/didSave', { textDocument: { uri: 'file:///nowhere/x.go' } });
  const textDocument = { uri, languageId: 'go', version: 1, text: leak };
  await client.sendNotification('textDocument/didOpen', { textDocument });
  await expect.poll(() => published.length, { timeout: 30_000 }).toBe(1);
  expect(published[0]?.uri).toBe(uri);
  expect(published[0]?.diagnostics.map(({ code }) => code)).toContain('unreceived-send');

  const position = { line: 6, character: 16 };
  const range = { start: position, end: position };
  const ask = () =>
    client.sendRequest<Action[]>('textDocument/codeAction', {
      textDocument: { uri },
      range,
      context: { diagnostics: [] },
    });
  const [action] = await ask();
  expect(action?.edit.changes[uri]?.map(({ newText }) => newText)).toEqual([', 1']);
  const hover = await client.sendRequest<{ contents: { value: string } }>('textDocument/hover', {
    textDocument: { uri },
    position,
  });
  expect(hover.contents.value).toContain('How it happens:');

  await client.sendNotification('textDocument/didChange', {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: '' }],
  });
  expect(await ask()).toEqual([]);
  writeFileSync(path, readFileSync(path, 'utf8').replace('make(chan int)', 'make(chan int, 1)'));
  await client.sendNotification('textDocument/didSave', { textDocument: { uri } });
  await expect.poll(() => published.length, { timeout: 30_000 }).toBe(2);
  expect(published[1]?.diagnostics.map(({ code }) => code)).not.toContain('unreceived-send');
  toServer.end();
  expect(await ended).toBe(0);
  client.dispose();
});
