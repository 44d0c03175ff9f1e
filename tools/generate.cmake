# What is generated at build time.  Each tool is a small C program of ours,
# built first, run on the rooms, and allowed to stop the build.  Every
# tools/gen_*.cmake adds the C files it makes to GENERATED.
set(GENERATED "")
file(GLOB GENERATORS CONFIGURE_DEPENDS tools/gen_*.cmake)
foreach(generator ${GENERATORS})
  include(${generator})
endforeach()
