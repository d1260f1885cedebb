/**
 * What the packages of a check can reach by imports. Each folder sees exactly what it imports, so that its answer does not
 * depend on which folders came before; what is parsed is shared while it is small.
 */
import type { File } from '../go/ast.ts';
import { parseFile } from '../go/file.ts';
import { GoModule, type ImportedPackage } from '../go/module.ts';
import type { SourceFile } from '../go/package.ts';
import { collectImports } from '../review/collect-imports.ts';
import type { Omission } from '../review/ports.ts';
import { type DiskModule, modulesOnDisk } from './disk-packages.ts';

/** Texts whose files are kept for the next folder, in UTF-16 units: trees take fifty times as much. */
const largestKept = 8_000_000;

export interface ImportsOfFolder {
  /** Absent without a go.mod at or above the folder. */
  readonly module?: GoModule;
  readonly importPath?: string;
  /** What `module` holds. */
  readonly packages: readonly ImportedPackage[];
  /** What could not be read. */
  readonly omissions: readonly Omission[];
}

export class ImportsOnDisk {
  readonly #moduleOf: (folder: string) => Promise<DiskModule | undefined>;
  readonly #files = new ParsedFiles();

  /** @param root what shown paths are relative to */
  constructor(root: string) {
    this.#moduleOf = modulesOnDisk(root);
  }

  /** The imports of the files of a folder. */
  async of(folder: string, files: readonly SourceFile[]): Promise<ImportsOfFolder> {
    const around = await this.#moduleOf(folder);
    if (!around) return { packages: [], omissions: [] };
    const { packages, omissions } = await collectImports(around.scope, files, around.store);
    const importPath = around.scope.importPathOf(around.dirOf(folder));
    this.#files.forgetMany();
    const module = new GoModule(packages, this.#files.parse);
    return { module, packages, omissions, ...(importPath === undefined ? {} : { importPath }) };
  }
}

/** Files by their source, as the store gives the same object for the same file. */
class ParsedFiles {
  #known = new WeakMap<SourceFile, File>();
  #size = 0;

  readonly parse = (source: SourceFile): File => {
    const known = this.#known.get(source);
    if (known) return known;
    const file = parseFile(source);
    this.#known.set(source, file);
    this.#size += source.text.length;
    return file;
  };

  /** Called between folders: what one folder holds is kept to its end. */
  forgetMany(): void {
    if (this.#size < largestKept) return;
    this.#known = new WeakMap();
    this.#size = 0;
  }
}
