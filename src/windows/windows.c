/* What this room adds to the site: every address is a row, every row says who
 * may, what it takes, what it shows, on what law. */
#include "windows/windows.h"

#include "kernel/store/topics.h"
#include "windows/pages.h"
#include "windows/queue.h"

/* ---- inputs ---- */

#define CARES "elder,disabled,soldier,pregnant"

static const struct field take_form[] = {
    { "line", FIELD_PICK, 1, 20, "办什么业务", NULL, false },
    { "mobile", FIELD_MOBILE, 0, 0, "手机号码", NULL, false },
    { "care", FIELD_CHOICE, 0, 0, "需要优先吗", CARES, false },
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field taking_form[] = {
    { "line", FIELD_TEXT, 0, 20, "办什么业务", NULL, false },
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field slots_form[] = {
    { "line", FIELD_TEXT, 0, 20, "业务", NULL, false },
    { "day", FIELD_DAY, 0, 0, "哪一天", NULL, false },
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field book_form[] = {
    { "line", FIELD_PICK, 1, 20, "业务", NULL, false },
    { "day", FIELD_DAY, 1, 0, "哪一天", NULL, false },
    { "minute", FIELD_PICK_INT, 0, 1439, "时段", NULL, true },
    { "item", FIELD_TEXT, 0, 40, "事项编码", NULL, false },
    { 0 }
};

static const struct field move_form[] = {
    { "day", FIELD_DAY, 1, 0, "哪一天", NULL, false },
    { "minute", FIELD_PICK_INT, 0, 1439, "时段", NULL, true },
    { 0 }
};

static const struct field day_form[] = {
    { "day", FIELD_DAY, 0, 0, "哪一天", NULL, false },
    { 0 }
};

static const struct field verb_form[] = {
    { "counter", FIELD_TEXT, 0, 20, "窗口", NULL, false },
    { "ticket", FIELD_INT, 0, INT64_MAX, "号", NULL, false },
    { "revision", FIELD_INT, 0, INT64_MAX, "修订号", NULL, false },
    { "line", FIELD_TEXT, 0, 20, "转到哪个业务", NULL, false },
    { 0 }
};

static const struct field counter_words[] = {
    { "words", FIELD_TEXT, 0, 50, "办哪个事项", NULL, false },
    { 0 }
};

static const struct field desk_form[] = {
    { "line", FIELD_PICK, 1, 20, "办什么业务", NULL, false },
    { "name", FIELD_TEXT, 0, 60, "姓名", NULL, false },
    { "mobile", FIELD_MOBILE, 0, 0, "手机号码", NULL, false },
    { "care", FIELD_CHOICE, 0, 0, "需要优先吗", CARES, false },
    { 0 }
};

static const struct field arrive_form[] = {
    { "booking", FIELD_TEXT, 1, 20, "预约编号", NULL, false },
    { 0 }
};

static const struct field slips_form[] = {
    { "day", FIELD_DAY, 0, 0, "哪一天", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "view", FIELD_CHOICE, 0, 0, "移交没有", "open,signed", false },
    { "after", FIELD_TEXT, 0, 60, "从哪里接着看", NULL, false },
    { 0 }
};

/* first, last, count: the slip that was printed and is signed for. */
static const struct field sign_form[] = {
    { "day", FIELD_DAY, 1, 0, "哪一天", NULL, false },
    { "unit", FIELD_TEXT, 1, 10, "部门", NULL, false },
    { "first", FIELD_TEXT, 1, 40, "清单的第一件", NULL, false },
    { "last", FIELD_TEXT, 1, 40, "清单的最后一件", NULL, false },
    { "count", FIELD_INT, 1, 1000, "清单的件数", NULL, true },
    { "signed_by", FIELD_TEXT, 2, 30, "接收人", NULL, false },
    { 0 }
};

static const struct field hall_form[] = {
    { "name", FIELD_TEXT, 4, 40, "大厅名称", NULL, false },
    { "address", FIELD_TEXT, 4, 80, "地址", NULL, false },
    { "opens", FIELD_TEXT, 4, 5, "开门时间", NULL, false },
    { "closes", FIELD_TEXT, 4, 5, "关门时间", NULL, false },
    { 0 }
};

static const struct field counter_form[] = {
    { "label", FIELD_TEXT, 2, 20, "窗口名称", NULL, false },
    { "low", FIELD_FLAG, 0, 0, "低位服务台", NULL, false },
    { 0 }
};

static const struct field serves_form[] = {
    { "counter", FIELD_PICK, 1, 20, "窗口", NULL, false },
    { "line", FIELD_ANY, 0, 0, "办的业务", NULL, false },
    { 0 }
};

static const struct field line_form[] = {
    { "code", FIELD_TEXT, 0, 20, "业务", NULL, false },
    { "title", FIELD_TEXT, 0, 20, "业务名称", NULL, false },
    { "unit", FIELD_TEXT, 0, 10, "部门代码", NULL, false },
    { "pace", FIELD_INT, 1, 120, "一件要几分钟", NULL, false },
    { "seats", FIELD_INT, 0, 100, "每个时段名额", NULL, false },
    { "slot", FIELD_INT, 5, 240, "时段长度", NULL, false },
    { 0 }
};

static const struct field shift_form[] = {
    { "day", FIELD_DAY, 1, 0, "哪一天", NULL, false },
    { "account", FIELD_PICK_INT, 1, INT64_MAX, "谁", NULL, true },
    { "counter", FIELD_PICK, 1, 20, "窗口", NULL, false },
    { "from", FIELD_TEXT, 4, 5, "从几点", NULL, false },
    { "to", FIELD_TEXT, 4, 5, "到几点", NULL, false },
    { 0 }
};

static const struct field drop_form[] = {
    { "id", FIELD_INT, 1, INT64_MAX, "班次", NULL, true },
    { 0 }
};

static const struct field care_form[] = {
    { "care", FIELD_CHOICE, 0, 0, "需要优先吗", CARES, false },
    { 0 }
};

static const struct field kiosk_take_form[] = {
    { "line", FIELD_PICK, 1, 20, "办什么业务", NULL, false },
    { "care", FIELD_CHOICE, 0, 0, "需要优先吗", CARES, false },
    { 0 }
};

static const struct field kiosk_arrive_form[] = {
    { "number", FIELD_TEXT, 1, 20, "预约编号", NULL, false },
    { "tail", FIELD_TEXT, 4, 4, "手机号码后四位", NULL, false },
    { 0 }
};

static const struct field kiosk_look_form[] = {
    { "number", FIELD_TEXT, 1, 40, "办件编号", NULL, false },
    { "code", FIELD_TEXT, 1, 20, "查询码", NULL, false },
    { 0 }
};

static const struct field read_form[] = {
    { "unit", FIELD_TEXT, 0, 10, "部门", NULL, false },
    { "words", FIELD_TEXT, 0, 50, "要找的事项", NULL, false },
    { "after", FIELD_INT, 0, 1000000, "位置", NULL, false },
    { 0 }
};

static const struct field open_form[] = {
    { "class", FIELD_TEXT, 0, 10, "类别", NULL, false },
    { "words", FIELD_TEXT, 0, 50, "要找的信息", NULL, false },
    { "before", FIELD_INT, 0, INT64_MAX, "位置", NULL, false },
    { 0 }
};

static const struct field apply_form[] = {
    { "item", FIELD_TEXT, 0, 40, "要申请的事项", NULL, false },
    { 0 }
};

static const struct field page_form[] = {
    { "page", FIELD_INT, 1, 1000, "第几页", NULL, false },
    { 0 }
};

/* ---- addresses ---- */

#define HALL "优化营商环境条例 第三十六条第三款"
#define CARE "无障碍环境建设法 第四十条"

static const struct route routes[] = {
    { "GET", "/halls", window_halls_show, "anyone", "windows/halls", NULL,
      HALL, "办事大厅", 0, 0, NULL },
    { "GET", "/halls/{hall}", window_hall_show, "anyone", "windows/hall", NULL,
      HALL, "一个大厅的窗口和等候", 0, 0, NULL },
    { "GET", "/halls/{hall}/take", window_take_show, "anyone", "windows/take",
      taking_form, CARE, "手机取号", 0, 0, NULL },
    { "POST", "/halls/{hall}/take", window_take_post, "anyone", "windows/take",
      take_form, CARE, "取一个号", 0, 0, NULL },
    { "GET", "/halls/{hall}/screen", window_screen_show, "anyone",
      "windows/screen", NULL, CARE, "大厅叫号屏", 0, 0, NULL },
    { "GET", "/halls/{hall}/calls", window_calls_show, "anyone",
      "windows/calls", NULL, CARE, "叫号的实时更新", ROUTE_STREAM, TOPIC_QUEUE,
      NULL },
    { "GET", "/tickets/{code}", window_ticket_show, "anyone",
      "windows/ticket", NULL, NULL, "我的号", 0, 0, NULL },
    { "POST", "/tickets/{code}/leave", window_leave_post, "anyone",
      "windows/ticket", NULL, NULL, "放弃一个号", 0, 0, NULL },

    { "GET", "/bookings", window_bookings_show, "windows.book",
      "windows/bookings", NULL, HALL, "我的预约", 0, 0, NULL },
    { "GET", "/bookings/new", window_slots_show, "windows.book",
      "windows/slots", slots_form, HALL, "可以预约的时段", 0, 0, NULL },
    { "POST", "/bookings/new", window_book_post, "windows.book",
      "windows/slots", book_form, HALL, "预约一个时段", 0, 0, NULL },
    { "GET", "/bookings/{number}", window_booking_show, "windows.book",
      "windows/booking", day_form, HALL, "一个预约", 0, 0, NULL },
    { "POST", "/bookings/{number}", window_booking_move_post, "windows.book",
      "windows/booking", move_form, HALL, "改预约的时间", 0, 0, NULL },
    { "POST", "/bookings/{number}/cancel", window_booking_cancel_post,
      "windows.book", "windows/booking", NULL, HALL, "取消预约", 0, 0, NULL },

    { "GET", "/counter", window_counter_show, "windows.call",
      "windows/counter", counter_words, HALL, "叫号窗口", 0, 0, NULL },
    { "POST", "/counter/take", window_desk_take_post, "windows.call",
      "windows/counter", desk_form, CARE, "在窗口替来人取号", 0, 0, NULL },
    { "POST", "/counter/arrive", window_desk_arrive_post, "windows.call",
      "windows/counter", arrive_form, HALL, "预约签到", 0, 0, NULL },
    { "GET", "/counter/handover", window_handover_show, "windows.hand",
      "windows/handover", slips_form, "行政许可法 第二十六条", "收件移交", 0, 0,
      NULL },
    { "POST", "/counter/handover", window_handover_post, "windows.hand",
      "windows/handover", sign_form, "行政许可法 第二十六条", "登记移交签收",
      0, 0, NULL },
    { "POST", "/counter/{verb}", window_counter_post, "windows.call",
      "windows/counter", verb_form, HALL, "叫号、重呼、过号、转出、办完", 0, 0,
      NULL },

    { "GET", "/windows", window_plan_show, "windows.plan", "windows/plan",
      day_form, HALL, "大厅安排", 0, 0, NULL },
    { "POST", "/windows/halls", window_hall_post, "windows.plan",
      "windows/plan", hall_form, HALL, "建立大厅", 0, 0, NULL },
    { "POST", "/windows/counters", window_counter_add_post, "windows.plan",
      "windows/plan", counter_form, CARE, "增加窗口", 0, 0, NULL },
    { "POST", "/windows/serves", window_serves_post, "windows.plan",
      "windows/plan", serves_form, HALL, "安排窗口办的业务", 0, 0, NULL },
    { "POST", "/windows/lines", window_line_post, "windows.plan",
      "windows/plan", line_form, HALL, "增加业务，改预约名额", 0, 0, NULL },
    { "POST", "/windows/shifts", window_shift_post, "windows.plan",
      "windows/plan", shift_form, HALL, "排班", 0, 0, NULL },
    { "POST", "/windows/shifts/drop", window_shift_drop_post, "windows.plan",
      "windows/plan", drop_form, HALL, "取消班次", 0, 0, NULL },
    { "POST", "/windows/kiosk", window_kiosk_post, "windows.plan",
      "windows/plan", NULL, NULL, "登记自助终端", 0, 0, NULL },

    { "GET", "/kiosk", kiosk_list_show, "anyone", "windows/kiosk_list", NULL,
      CARE, "自助终端：选择大厅", 0, 0, NULL },
    { "GET", "/kiosk/{hall}", kiosk_home_show, "anyone", "windows/kiosk_home",
      NULL, CARE, "自助终端", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/take", kiosk_take_show, "anyone",
      "windows/kiosk_take", care_form, CARE, "自助终端：取号", 0, 0, NULL },
    { "POST", "/kiosk/{hall}/take", kiosk_take_post, "anyone",
      "windows/kiosk_take", kiosk_take_form, CARE, "自助终端：取一个号", 0, 0,
      NULL },
    { "GET", "/kiosk/{hall}/ticket", kiosk_ticket_show, "anyone",
      "windows/kiosk_ticket", NULL, CARE, "自助终端：取到的号", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/arrive", kiosk_arrive_show, "anyone",
      "windows/kiosk_arrive", NULL, CARE, "自助终端：预约签到", 0, 0, NULL },
    { "POST", "/kiosk/{hall}/arrive", kiosk_arrive_post, "anyone",
      "windows/kiosk_arrive", kiosk_arrive_form, CARE,
      "自助终端：用预约换号", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/progress", kiosk_progress_show, "anyone",
      "windows/kiosk_progress", NULL, "行政许可法 第三十三条",
      "自助终端：查进度", 0, 0, NULL },
    { "POST", "/kiosk/{hall}/progress", kiosk_progress_post, "anyone",
      "windows/kiosk_progress", kiosk_look_form, "行政许可法 第三十三条",
      "自助终端：凭编号和查询码查进度", ROUTE_NO_NOTE, 0, NULL },
    { "GET", "/kiosk/{hall}/read", kiosk_read_show, "anyone",
      "windows/kiosk_read", read_form, "行政许可法 第三十条",
      "自助终端：办事指南", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/read/{item}", kiosk_guide_show, "anyone",
      "windows/kiosk_guide", NULL, "行政许可法 第三十条",
      "自助终端：办事指南", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/read/{item}/samples", kiosk_sample_show, "anyone",
      "windows/kiosk_sample", NULL, "行政许可法 第三十条",
      "自助终端：样表和空白表", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/open", kiosk_open_show, "anyone",
      "windows/kiosk_open", open_form, "政府信息公开条例 第二十五条",
      "自助终端：公开阅览", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/open/{entry}", kiosk_entry_show, "anyone",
      "windows/kiosk_entry", page_form, "政府信息公开条例 第二十五条",
      "自助终端：阅读一条政府信息", 0, 0, NULL },
    { "GET", "/kiosk/{hall}/apply", kiosk_apply_show, "anyone", NULL,
      apply_form, CARE, "自助终端：登录申请", 0, 0, NULL },
    { "POST", "/kiosk/{hall}/end", kiosk_end_post, "anyone",
      "windows/kiosk_end", NULL, "个人信息保护法 第六条",
      "自助终端：退出并清除", ROUTE_NO_NOTE, 0, NULL },
    { "GET", "/kiosk/{hall}/end", kiosk_end_show, "anyone",
      "windows/kiosk_end", NULL, "个人信息保护法 第六条",
      "自助终端：结束并清除", 0, 0, NULL },
    { 0 }
};

static const struct permission permissions[] = {
    { "windows.book", "resident", "预约大厅的时段，改和取消自己的预约" },
    { "windows.call", "window", "开窗、叫号、替来人取号" },
    { "windows.hand", "window leader", "查看和登记本单位大厅的收件移交" },
    { "windows.plan", "leader", "安排本单位大厅的窗口、业务、班次和自助终端" },
    { 0 }
};

static const struct event events[] = {
    { "case.filed", window_filed },
    { 0 }
};

static const struct job jobs[] = {
    { "windows.evening", 600, window_job_evening },
    { "windows.bookings", 60, window_job_bookings },
    { "windows.remind", 300, window_job_remind },
    { 0 }
};

static const struct menu menu[] = {
    { "my.bookings", "我的预约", "/bookings", MENU_HEAD, "calendar",
      "windows.book", NULL },
    { "desk.counter", "叫号窗口", "/counter", "大厅", "bell-ring",
      "windows.call", NULL },
    { "desk.intake", "窗口收件", "/intake", "大厅", "file-plus", "case.intake",
      NULL },
    { "desk.handover", "收件移交", "/counter/handover", "大厅",
      "clipboard-check", "windows.hand", NULL },
    { "desk.windows", "大厅安排", "/windows", "大厅", "settings",
      "windows.plan", NULL },
    { 0 }
};

const struct module windows_module = {
    .name = "windows", .routes = routes, .permissions = permissions,
    .events = events, .jobs = jobs, .menu = menu,
};
