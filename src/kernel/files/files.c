/* What handing in papers adds to the site. */
#include "kernel/files/look.h"
#include "kernel/files/preview.h"

static const struct field begin_form[] = {
    { .name = "name", .type = FIELD_TEXT, .min = 1, .max = 200,
      .label = "文件名" },
    { .name = "size", .type = FIELD_INT, .min = 1, .max = FILES_MAX_BYTES,
      .label = "文件大小" },
    { 0 },
};

static const struct field piece_form[] = {
    { .name = "offset", .type = FIELD_INT, .min = 0, .max = FILES_MAX_BYTES,
      .label = "位置" },
    { .name = "chunk", .type = FIELD_FILE, .min = 1, .label = "文件内容" },
    { 0 },
};

static const struct route routes[] = {
    { .method = "POST", .path = "/uploads", .handle = upload_begin_post,
      .may = "person", .form = begin_form, .what = "开始上传文件",
      .flags = ROUTE_NO_NOTE },
    { .method = "GET", .path = "/uploads/{id}", .handle = upload_show,
      .may = "person", .page = "files/upload", .what = "上传进度" },
    { .method = "POST", .path = "/uploads/{id}", .handle = upload_piece_post,
      .before = upload_piece_before, .may = "person", .form = piece_form,
      .what = "继续上传文件", .flags = ROUTE_UPLOAD | ROUTE_NO_NOTE },
    { 0 },
};

static const struct permission permissions[] = { { 0 } };

static const struct job jobs[] = {
    { "files.sweep", 600, files_sweep },
    { 0 },
};

static const struct slow_job slow_jobs[] = {
    { "files.look", 1, files_look_before, files_look_run },
    { "files.preview", 1, files_preview_before, files_preview_run },
    { 0 },
};

const struct module files_module = {
    .name = "files",
    .routes = routes,
    .permissions = permissions,
    .jobs = jobs,
    .slow_jobs = slow_jobs,
};
