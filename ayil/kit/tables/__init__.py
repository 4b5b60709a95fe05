"""Tables that people keep in spreadsheets: read from and written as CSV and XLSX. No Django.

Nothing that is read is ever worked out: a formula counts as the value that stood in its cell.
What is written as text never becomes a formula in the program that opens it.
"""

from ayil.kit.tables.cells import TypeOfCell, harmless
from ayil.kit.tables.reading import Table, read_table
from ayil.kit.tables.writing import write_csv, write_xlsx

__all__ = ["Table", "TypeOfCell", "harmless", "read_table", "write_csv", "write_xlsx"]
