import type { PowerCommands } from '../shared/domain/powerCommands.ts';

/** The server whose power is switched, and when it is switched on whatever becomes of Triad, seconds from now. */
export interface PowerOrder {
  readonly server: string;
  readonly address: string;
  readonly onAfterSeconds: number;
}

/** A server whose power may be cut, because something outside of Triad will switch it on. */
export interface GuardedPower {
  /** Cuts the power. Throws `failover.powerOffFailed`, also where the undo's time has come already, and `run.aborted`; whether it went is open then. */
  off(signal: AbortSignal): Promise<void>;
  /** Switches it on, also where it is on. Throws `failover.powerOnFailed`. */
  on(): Promise<void>;
  /** The server is back: nothing needs to be undone any more. Without this it is switched on when Triad ends. */
  end(): void;
}

/** The admin's commands for the power of servers. */
export interface PowerSwitch {
  readonly commands: PowerCommands;
  /** Whether an address is this computer's own: nobody would be left to switch it on. */
  isHere(address: string): boolean;
  /** Starts what switches the server on should nobody else do it; resolves when that stands. Throws `failover.keeperFailed`. */
  guard(order: PowerOrder, signal: AbortSignal): Promise<GuardedPower>;
}
