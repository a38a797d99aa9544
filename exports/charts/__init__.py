"""Pictures of what is printed, as SVG and PNG: no script, no style, nothing from elsewhere."""
