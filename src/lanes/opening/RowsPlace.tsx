// Where the rows of a page are put into its HTML, which the server rendered once for everybody. The browser never shows it.

/** As HTML it is ROWS_PLACE. */
export function RowsPlace() {
  return <template data-rows="" />
}
