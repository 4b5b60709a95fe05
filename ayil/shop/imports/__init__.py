"""Real trade from a file (CSV, Parquet, XLSX) as till events, the path every till's sales take."""
