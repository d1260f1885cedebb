/**
 * `goplumber lsp`: a language server over stdio. A package is checked when one of its files is opened or saved; what an
 * editor holds unsaved is not looked at, and no fix is offered for a file that changed since its check.
 */
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type Connection,
  createConnection,
  ProposedFeatures,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node.js';
import { check } from '../check.ts';
import type { ReportedDiagnostic } from '../report.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { actionsOf, diagnosticOf, hoverOf, overlap, rangeOf } from './findings.ts';

/** What is known of a workspace. */
interface Session {
  readonly terminal: Terminal;
  root: string;
  /** Findings by URI of the file that they are in. */
  readonly findings: Map<string, readonly ReportedDiagnostic[]>;
  /** URIs whose text in the editor differs from the checked one. */
  readonly changed: Set<string>;
  /** Folders that wait for a check; the newest wish of a folder is enough. */
  readonly waiting: Set<string>;
  running: boolean;
}

/** Serves until the client ends. Returns the exit code. */
export function runLanguageServer(
  terminal: Terminal,
  input: NodeJS.ReadableStream = process.stdin,
  output: NodeJS.WritableStream = process.stdout,
): Promise<number> {
  const connection = createConnection(
    ProposedFeatures.all,
    new StreamMessageReader(input),
    new StreamMessageWriter(output),
  );
  // Nothing but the protocol may be written to stdout.
  const silent: Terminal = { ...terminal, out: () => {}, err: () => {}, progress: false };
  const session: Session = {
    terminal: silent,
    root: terminal.cwd,
    findings: new Map(),
    changed: new Set(),
    waiting: new Set(),
    running: false,
  };
  listen(connection, session);
  return new Promise((done) => {
    connection.onExit(() => done(0));
    input.on('end', () => done(0));
    connection.listen();
  });
}

function listen(connection: Connection, session: Session): void {
  connection.onInitialize(({ workspaceFolders, rootUri }) => {
    session.root = pathOf(workspaceFolders?.[0]?.uri ?? rootUri ?? '') ?? session.root;
    return {
      serverInfo: { name: 'goplumber', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        codeActionProvider: true,
        hoverProvider: true,
      },
    };
  });
  connection.onDidOpenTextDocument(({ textDocument }) => demand(connection, session, textDocument.uri));
  connection.onDidSaveTextDocument(({ textDocument }) => {
    session.changed.delete(textDocument.uri);
    demand(connection, session, textDocument.uri);
  });
  connection.onDidChangeTextDocument(({ textDocument }) => void session.changed.add(textDocument.uri));
  connection.onDidCloseTextDocument(({ textDocument }) => void session.changed.delete(textDocument.uri));
  connection.onCodeAction(({ textDocument, range }) =>
    session.changed.size > 0
      ? []
      : at(session, textDocument.uri, range).flatMap((finding) => actionsOf(finding, uriOf(session))),
  );
  connection.onHover(({ textDocument, position }) => {
    const [finding] = at(session, textDocument.uri, { start: position, end: position });
    return (finding && hoverOf(finding)) ?? null;
  });
}

function at(session: Session, uri: string, range: Range): readonly ReportedDiagnostic[] {
  return (session.findings.get(uri) ?? []).filter(({ defect }) => overlap(rangeOf(defect), range));
}

/** Queues a check of the package that a file belongs to. */
function demand(connection: Connection, session: Session, uri: string): void {
  const path = pathOf(uri);
  if (path === undefined || !path.endsWith('.go')) return;
  session.waiting.add(dirname(path));
  if (!session.running) void work(connection, session);
}

async function work(connection: Connection, session: Session): Promise<void> {
  session.running = true;
  for (const [folder] of session.waiting.entries()) {
    session.waiting.delete(folder);
    try {
      await checkFolder(connection, session, folder);
    } catch (error) {
      connection.console.error(`goplumber: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  session.running = false;
}

async function checkFolder(connection: Connection, session: Session, folder: string): Promise<void> {
  const terminal = { ...session.terminal, cwd: session.root };
  // This thread has run before and is faster for it than one that starts.
  const options = { format: 'text', jobs: 0 } as const;
  const { report } = await check([relative(session.root, folder) || '.'], options, terminal);
  const byUri = new Map<string, ReportedDiagnostic[]>();
  // Files that had findings and have none any more are told, too.
  for (const uri of session.findings.keys()) if (isIn(folder, uri)) byUri.set(uri, []);
  for (const finding of report.diagnostics) {
    const uri = uriOf(session)(finding.defect.path);
    byUri.set(uri, [...(byUri.get(uri) ?? []), finding]);
  }
  for (const [uri, findings] of byUri) {
    session.findings.set(uri, findings);
    const diagnostics = findings.map((finding) => diagnosticOf(finding, uriOf(session)));
    await connection.sendDiagnostics({ uri, diagnostics });
  }
}

function isIn(folder: string, uri: string): boolean {
  const path = pathOf(uri);
  return path !== undefined && dirname(path) === folder;
}

function uriOf(session: Session): (path: string) => string {
  return (path) => pathToFileURL(resolve(session.root, path.split('/').join(sep))).href;
}

/** The path of a file URI; undefined for anything else. */
function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
