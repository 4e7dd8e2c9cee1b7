import { z } from 'zod';

/** What a check result, event or failure is about. Servers are named by `Server.name`; `admin` is the machine that runs Triad. */
export const Subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), server: z.string() }),
  z.object({ kind: z.literal('pair'), from: z.string(), to: z.string(), port: z.number() }),
  z.object({ kind: z.literal('node'), server: z.string(), port: z.number() }),
  z.object({ kind: z.literal('cluster') }),
  z.object({ kind: z.literal('admin') }),
]);
export type Subject = z.infer<typeof Subject>;

/** How the admin's machine is called where a server's name would stand. */
export const ADMIN_MACHINE = 'admin';

export const clusterSubject: Subject = { kind: 'cluster' };
export const adminSubject: Subject = { kind: 'admin' };

/** The subject for one server. */
export function serverSubject(server: string): Subject {
  return { kind: 'server', server };
}

/** The subject for one Redis process. */
export function nodeSubject(server: string, port: number): Subject {
  return { kind: 'node', server, port };
}

/** One line that names a subject, the same in every output: `server-1`, `server-1 → server-2:17000`, `server-1:7000`, `cluster`. */
export function formatSubject(subject: Subject): string {
  switch (subject.kind) {
    case 'server':
      return subject.server;
    case 'pair':
      return `${subject.from} → ${subject.to}:${subject.port}`;
    case 'node':
      return `${subject.server}:${subject.port}`;
    case 'cluster':
      return 'cluster';
    case 'admin':
      return ADMIN_MACHINE;
  }
}
