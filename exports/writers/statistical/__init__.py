"""What statistics programs want beside the table: names, numbers for codes, rows read twice."""
