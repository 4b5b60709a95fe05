"""The sales flash: several times a day, to each maker, what sold since the last one."""
