// The tables of a heap and the dialogs around them: a chunk of their own, which a first picture does not wait for.
export { default as Attach } from '../Attach.svelte';
export { default as HeapPane } from './HeapPane.svelte';
export { default as RecordDialog } from './RecordDialog.svelte';
export { default as ReportDialog } from './ReportDialog.svelte';
export { default as SitesDialog } from './SitesDialog.svelte';
export { default as SnapshotDialog } from './SnapshotDialog.svelte';
export { default as SourceDialog } from './SourceDialog.svelte';
export { default as TableExportDialog } from './TableExportDialog.svelte';
