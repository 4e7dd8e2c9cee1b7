import type { ReactNode } from 'react';
import classes from './bundle.module.css';

/** A plain table whose first column names the row. */
export function Rows({ heads, rows }: { readonly heads: readonly string[]; readonly rows: readonly (readonly ReactNode[])[] }): ReactNode {
  return (
    // Scrolls by itself where it is too wide, so the keyboard must reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes['scrolled']} role="region" aria-label={heads.join(', ')} tabIndex={0}>
      <table className={classes['table']}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([first, ...rest], index) => (
            // The rows of a file that was read never move.
            <tr key={index}>
              <th scope="row">{first}</th>
              {rest.map((cell, column) => (
                <td key={heads[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
