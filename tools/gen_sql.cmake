# sqlgen reads every room's queries.sql and migrations in one run and writes
# build/gen/<room>/queries.gen.{h,c} and build/gen/kernel/store/rooms.gen.c.
add_executable(sqlgen tools/sqlgen.c tools/sqlgen_read.c tools/sqlgen_text.c
  tools/sqlgen_check.c tools/sqlgen_emit.c
  src/base/arena.c src/base/buf.c src/base/str.c)
target_link_libraries(sqlgen sqlite3)

file(GLOB sql_queries CONFIGURE_DEPENDS
  src/*/queries.sql src/kernel/*/queries.sql)
file(GLOB sql_schema CONFIGURE_DEPENDS
  src/*/schema/*.sql src/kernel/*/schema/*.sql)
set(sql_made ${CMAKE_BINARY_DIR}/gen/kernel/store/rooms.gen.c)
foreach(source ${sql_queries})
  file(RELATIVE_PATH room ${CMAKE_SOURCE_DIR}/src ${source})
  string(REGEX REPLACE "\\.sql$" ".gen" room ${room})
  list(APPEND sql_made ${CMAKE_BINARY_DIR}/gen/${room}.c
    ${CMAKE_BINARY_DIR}/gen/${room}.h)
endforeach()
add_custom_command(OUTPUT ${sql_made}
  COMMAND sqlgen ${CMAKE_SOURCE_DIR}/src ${CMAKE_BINARY_DIR}/gen
  DEPENDS sqlgen ${sql_queries} ${sql_schema}
  COMMENT "Checking every SQL statement" VERBATIM)
list(APPEND GENERATED ${sql_made})
