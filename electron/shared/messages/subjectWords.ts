import { ADMIN_MACHINE, formatSubject, type Subject } from '../domain/subject.ts';
import { message, say } from './message.ts';

/** A machine's name for a person: the one that runs Triad has no server's name, it is this computer. */
export function sayMachine(name: string): string {
  return name === ADMIN_MACHINE ? say(message('report.matrix.admin')) : name;
}

/** A subject for a person: as `formatSubject` names it, with the machine that runs Triad in words. */
export function saySubject(subject: Subject): string {
  switch (subject.kind) {
    case 'pair':
      return formatSubject({ ...subject, from: sayMachine(subject.from) });
    case 'admin':
      return sayMachine(ADMIN_MACHINE);
    case 'server':
    case 'node':
    case 'cluster':
      return formatSubject(subject);
  }
}
