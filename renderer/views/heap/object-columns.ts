// The columns that tables of objects share.
import type { Column } from '../../ui/column.ts';

/** `first` is what the objects are called here. */
export function objectColumns(first: string, sortable: boolean): Column[] {
  return [
    { key: 'name', title: first, width: 'minmax(0, 1fr)', sortable },
    {
      key: 'shallowSize',
      title: 'Shallow',
      width: '88px',
      end: true,
      sortable,
      hint: 'Bytes of the object itself',
      minTableWidth: 380,
    },
    {
      key: 'retainedSize',
      title: 'Retained',
      width: '92px',
      end: true,
      sortable,
      hint: 'Bytes that would be freed with it',
    },
    {
      key: 'distance',
      title: 'Distance',
      width: '92px',
      end: true,
      sortable,
      hint: 'The fewest references from a root',
      minTableWidth: 500,
    },
  ];
}
