import { ACCESS_ROWS } from './accessRows.ts';
import { KEPT_DATA_ROWS } from './keptDataRows.ts';
import { MAINTENANCE_ROWS } from './maintenanceRows.ts';
import { NETWORK_ROWS } from './networkRows.ts';
import { ROOM_ROWS } from './roomRows.ts';
import type { ServerRow } from './serverRow.ts';
import { SYSTEM_ROWS } from './systemRows.ts';
import { WRITE_ROWS } from './writeRows.ts';

/** Everything that each check of a server says, at least one row for each text. */
export const SERVER_ROWS: readonly ServerRow[] = [
  ...ACCESS_ROWS,
  ...ROOM_ROWS,
  ...NETWORK_ROWS,
  ...SYSTEM_ROWS,
  ...WRITE_ROWS,
  ...KEPT_DATA_ROWS,
  ...MAINTENANCE_ROWS,
];
