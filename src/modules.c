/* What the platform is made of.  A new module is one line here. */
#include "modules.h"

#include "catalogue/catalogue.h"
#include "design/design.h"
#include "enterprises/enterprises.h"
#include "disclosure/disclosure.h"
#include "fees/fees.h"
#include "grants/grants.h"
#include "kernel/auth/auth.h"
#include "kernel/clock/clock.h"
#include "kernel/files/files.h"
#include "kernel/job/job.h"
#include "kernel/laws/laws.h"
#include "kernel/map/map.h"
#include "kernel/notify/notify.h"
#include "kernel/process/process.h"
#include "kernel/search/upkeep.h"
#include "matters/matters.h"
#include "portal/portal.h"
#include "services/case.h"
#include "supervision/supervision.h"
#include "statistics/statistics.h"
#include "licences/licences.h"
#include "remedies/remedies.h"
#include "windows/windows.h"
#include "villages/villages.h"

/* Whose running cases the process room asks them about; what is asked of
 * machines outside. */
void modules_begin(void)
{
    static const struct call_kind *const calls[] = {
        &fees_order_call, &fees_query_call, &fees_refund_call, &fees_day_call,
        &notify_sms_call, &notify_mail_call, &notify_code_call,
        NULL,
    };
    static const struct process_owner *const owners[] = { &services_cases,
                                                          &matters_cases,
                                                          &disclosure_reviews,
                                                          NULL };
    process_owners(owners);
    process_workers(grants_workers);
    call_kinds(calls);
}

/* In the order of the desk's menu too: whose first entry is somebody's own is
 * where their day begins (/work). */
const struct module *const modules[] = {
    &portal_module,
    &services_module,
    &windows_module,
    &villages_module,
    &supervision_module,
    &disclosure_module,
    &remedies_module,
    &matters_module,
    &grants_module,
    &design_module,
    &auth_module,
    &notify_module,
    &clock_module,
    &files_module,
    &process_module,
    &search_module,
    &job_module,
    &laws_module,
    &map_module,
    &http_module,
    &statistics_module,
    &licences_module,
    &enterprises_module,
    &fees_module,
    &catalogue_module,
    NULL,
};
