/** What the packages of a check can reach by imports: collected package by package, kept while it is small. */
import { parseFile } from '../go/file.ts';
import { GoModule } from '../go/module.ts';
import type { SourceFile } from '../go/package.ts';
import { collectImports } from '../review/collect-imports.ts';
import type { Omission } from '../review/ports.ts';
import { type DiskModule, modulesOnDisk } from './disk-packages.ts';

/** Syntax that is kept for the next package, in UTF-16 units of text: trees take fifty times as much. */
const largestKept = 8_000_000;

export interface ImportsOfFolder {
  /** Absent without a go.mod at or above the folder. */
  readonly module?: GoModule;
  readonly importPath?: string;
}

export class ImportsOnDisk {
  readonly #moduleOf: (folder: string) => Promise<DiskModule | undefined>;
  readonly #loaded = new Map<DiskModule, GoModule>();
  readonly #omissions = new Map<string, Omission>();

  /** @param root what shown paths are relative to */
  constructor(root: string) {
    this.#moduleOf = modulesOnDisk(root);
  }

  /** What could not be read, each thing once. */
  get omissions(): readonly Omission[] {
    return [...this.#omissions.values()];
  }

  /** The imports of the files of a folder. */
  async of(folder: string, files: readonly SourceFile[]): Promise<ImportsOfFolder> {
    const around = await this.#moduleOf(folder);
    if (!around) return {};
    const { packages, omissions } = await collectImports(around.scope, files, around.store);
    for (const omission of omissions) this.#omissions.set(`${omission.path} ${omission.reason}`, omission);
    const importPath = around.scope.importPathOf(around.dirOf(folder));
    const module = this.#fresh(around);
    module.add(packages);
    return { module, ...(importPath === undefined ? {} : { importPath }) };
  }

  #fresh(around: DiskModule): GoModule {
    const known = this.#loaded.get(around);
    if (known && known.weight < largestKept) return known;
    const module = new GoModule([], parseFile);
    this.#loaded.set(around, module);
    return module;
  }
}
