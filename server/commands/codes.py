"""The exit codes, which `marchland --help` lists."""

OK = 0
FAILED = 1  # findings or errors
USAGE = 2  # the command line or a setting is wrong
MISSING = 3  # there is no such layer, feature, map or file
