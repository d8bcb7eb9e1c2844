# SPDX-License-Identifier: GPL-2.0-only
#
# Ask kbuild which objects a folder has in a configuration: make reads this file
# before the kernel's makefiles (by MAKEFILES=), and "make DIR/objects-here.i"
# goes down to DIR as for any single object.  A folder that this configuration
# does not enter is answered by the nearest one above it that it does.
#
# The lists go to a file each in $(BUILD_CHECK_LISTS): they may be too long for
# a command line.

%/objects-here.i:
	@:$(file >$(BUILD_CHECK_LISTS)/$(subst /,:,$@),$(build-check-list))

define build-check-list
$(foreach x,$(filter-out $(build-check-host),$(filter %.o,$(targets))),kernel $x
)$(foreach x,$(build-check-host),host $x
)$(foreach x,$(user-cobjs) $(user-csingle),user $x
)
endef

build-check-host = $(host-cobjs) $(host-csingle) $(host-cxxobjs)
