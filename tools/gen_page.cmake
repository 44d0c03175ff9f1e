# Templates, styles, scripts and data become bytes of the program (embed), and
# every template is held to what its .view file declares (pagegen).
file(GLOB EMBEDDED CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  web/*.html web/*.css web/*.js web/*.svg web/*.png
  web/components/*/*.html web/vendor/*.css web/vendor/*.js
  src/*/pages/*.html src/kernel/*/pages/*.html)
file(GLOB_RECURSE EMBEDDED_DATA CONFIGURE_DEPENDS
  RELATIVE ${CMAKE_SOURCE_DIR} data/*)
list(FILTER EMBEDDED_DATA EXCLUDE REGEX "/\\.|\\.md$")
list(APPEND EMBEDDED ${EMBEDDED_DATA})
list(TRANSFORM EMBEDDED PREPEND ${CMAKE_SOURCE_DIR}/
  OUTPUT_VARIABLE EMBEDDED_FILES)

set(TOOL_BASE src/base/arena.c src/base/buf.c src/base/str.c src/base/utf8.c
  src/base/time.c src/base/value.c)
add_executable(embed tools/embed.c ${TOOL_BASE})

file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/gen)
list(JOIN EMBEDDED "\n" EMBEDDED_LIST)
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/gen/embed.list
  CONTENT "${EMBEDDED_LIST}\n")
set(ASSETS ${CMAKE_BINARY_DIR}/gen/assets.gen.c)
add_custom_command(OUTPUT ${ASSETS}
  COMMAND embed ${ASSETS} < ${CMAKE_BINARY_DIR}/gen/embed.list
  DEPENDS embed ${CMAKE_BINARY_DIR}/gen/embed.list ${EMBEDDED_FILES}
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  COMMENT "Embedding web/, data/ and the templates")
set_source_files_properties(${ASSETS} PROPERTIES
  OBJECT_DEPENDS "${EMBEDDED_FILES}")
list(APPEND GENERATED ${ASSETS})

file(GLOB PAGES CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
  web/*.html web/*.view web/components/*/*.html
  src/*/pages/*.html src/*/pages/*.view
  src/kernel/*/pages/*.html src/kernel/*/pages/*.view)
list(TRANSFORM PAGES PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE PAGE_FILES)
file(GLOB PAGE_ASSETS CONFIGURE_DEPENDS web/*.css web/*.js web/*.svg)
add_executable(pagegen tools/pagegen.c tools/viewfile.c tools/pagestyle.c
  src/kernel/page/parse.c src/kernel/page/compile.c ${TOOL_BASE})
target_include_directories(pagegen PRIVATE tools)
list(JOIN PAGES "\n" PAGE_LIST)
file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/gen/pages.list
  CONTENT "${PAGE_LIST}\n")
set(VIEWS ${CMAKE_BINARY_DIR}/gen/views.gen.c)
add_custom_command(OUTPUT ${VIEWS}
  COMMAND pagegen ${VIEWS} < ${CMAKE_BINARY_DIR}/gen/pages.list
  DEPENDS pagegen ${CMAKE_BINARY_DIR}/gen/pages.list ${PAGE_FILES}
    ${PAGE_ASSETS}
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
  COMMENT "Holding the templates to their views")
list(APPEND GENERATED ${VIEWS})

# Every page with its example, to be looked at: ninja page_preview.
add_executable(page_preview EXCLUDE_FROM_ALL tools/page_preview.c)
target_link_libraries(page_preview zt)

enable_testing()
add_test(NAME tools_pagegen COMMAND ${CMAKE_SOURCE_DIR}/tools/pagegen_test.sh
  $<TARGET_FILE:pagegen>)
