"""The steps that take a database of any earlier release to this one."""
