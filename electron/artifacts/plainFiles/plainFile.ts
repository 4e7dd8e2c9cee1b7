import type { PlainFile } from '../../shared/domain/plainExport.ts';

const encoder = new TextEncoder();

/** A text as a file that everybody may read; no secret is ever in one. */
export function textFile(path: string, text: string): PlainFile {
  return { path, bytes: encoder.encode(text), mode: 0o644 };
}

/** A text as a file that can be run. */
export function scriptFile(path: string, text: string): PlainFile {
  return { path, bytes: encoder.encode(text), mode: 0o755 };
}

/** The same files below a folder. */
export function below(folder: string, files: readonly PlainFile[]): readonly PlainFile[] {
  return files.map((file) => ({ ...file, path: `${folder}/${file.path}` }));
}
