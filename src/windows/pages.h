/* The handlers of this module, one a page or verb. */
#ifndef WINDOWS_PAGES_H
#define WINDOWS_PAGES_H

#include "kernel/http/http.h"

handler window_halls_show, window_hall_show, window_screen_show,
        window_calls_show;
handler window_take_show, window_take_post, window_ticket_show,
        window_leave_post;
handler window_bookings_show, window_slots_show, window_book_post;
handler window_booking_show, window_booking_move_post,
        window_booking_cancel_post;
handler window_counter_show, window_counter_post, window_desk_take_post,
        window_desk_arrive_post;
handler window_handover_show, window_handover_post;
handler window_plan_show, window_plan_post, window_shift_post,
        window_shift_drop_post, window_serves_post, window_line_post,
        window_counter_add_post, window_hall_post, window_kiosk_post;
handler kiosk_list_show, kiosk_home_show, kiosk_take_show, kiosk_take_post;
handler kiosk_ticket_show, kiosk_progress_show, kiosk_progress_post;
handler kiosk_arrive_show, kiosk_arrive_post, kiosk_read_show,
        kiosk_guide_show, kiosk_sample_show, kiosk_apply_show, kiosk_end_show,
        kiosk_end_post;
handler kiosk_open_show, kiosk_entry_show;

#endif
