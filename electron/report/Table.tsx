import type { ReactElement, ReactNode } from 'react';

/** A column: its heading, and how its cells look. */
export interface Column {
  readonly heading: string;
  readonly kind?: 'number' | 'code' | 'narrow';
}

/** What {@link Table} shows: one row of cells per entry, in the order of the columns. */
export interface TableProps {
  readonly columns: readonly Column[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[]; readonly className?: string }[];
  readonly className?: string;
}

/** A table that scrolls sideways in a narrow window instead of breaking the page. The first column heads its row. */
export function Table({ columns, rows, className }: TableProps): ReactElement {
  return (
    <div className="scroll">
      <table className={className}>
        <thead>
          <tr>
            {columns.map(({ heading, kind }) => (
              <th key={heading} scope="col" className={kind}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} {...(row.className === undefined ? {} : { className: row.className })}>
              {row.cells.map((cell, index) => {
                const column = columns[index];
                const kind = column?.kind;
                const key = column?.heading ?? index;
                return index === 0 ? (
                  <th key={key} scope="row" className={kind}>
                    {cell}
                  </th>
                ) : (
                  <td key={key} className={kind}>
                    {cell}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
